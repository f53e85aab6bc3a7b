using Eve.Agents.Shared;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Domainmgr;

/// <summary>Makes guests what is wanted of them. Guests outlive the device's software: those that run already are found before anything is decided.</summary>
internal sealed class DomainsPart(IHypervisor hypervisor, IGuestFiles files, DomainmgrOptions options) : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var statuses = agent.Publish(DomainmgrTopics.DomainStatus);
        var domains = await FindAsync(agent, statuses, cancellationToken);
        foreach (var key in statuses.Keys.Where(k => !domains.ContainsKey(k)).ToList())
            statuses.Remove(key);
        foreach (var domain in domains.Values)
            statuses.Publish(domain.Status);
        statuses.SignalRestarted();
        await AdaptersAsync(agent, cancellationToken);
        await Gate.OnboardedAsync(agent, cancellationToken);
        await Gate.VaultAsync(agent, cancellationToken);

        var configs = agent.Subscribe(ZedmanagerTopics.DomainConfig);
        var apps = agent.Subscribe(ZedagentTopics.AppInstanceConfig);
        var calls = agent.Jobs<StepResult, SwState>();
        var events = agent.Listen(hypervisor.EventsAsync, cancellationToken);
        var wishes = new Wishes(configs, apps);
        var looks = domains.Keys.ToHashSet();       // gates may have taken long
        var nextLook = options.LookInterval;

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            var moment = new Moment(agent.Now, agent.Elapsed, agent.Config.Get(ConfigItems.BootRetry), options);

            Take(calls, domains, statuses, moment, agent.Log);
            foreach (var app in events.Items)
                looks.Add(app.ToString());
            if (agent.Elapsed >= nextLook)
            {
                nextLook = agent.Elapsed + options.LookInterval;
                looks.UnionWith(domains.Keys);
            }

            foreach (var key in domains.Keys.Union(configs.Keys).Where(k => !calls.Running(k)).ToList())
            {
                var domain = domains.GetValueOrDefault(key) ?? new Domain(DomainStatuses.Created(configs[key]!));
                var (next, step) = DomainLifecycle.Next(domain, configs[key], wishes.For(key), moment);
                domains[key] = next;
                statuses.Publish(next.Status);
                if (step == Step.None && looks.Remove(key))
                    step = Step.Look;
                if (step != Step.None)
                    Call(step, key, next, configs[key], agent, calls);
                if (DomainLifecycle.WakeAt(next, agent.Elapsed) is { } due)
                    agent.WakeAt(due);
            }
            if (domains.Count > 0)
                agent.WakeAt(nextLook);
        }
    }

    // DomainStatus is complete after a look at the machine alone. While that is not possible, nobody is told that there are no guests, but each app why.
    async Task<Dictionary<string, Domain>> FindAsync(AgentContext agent, Publication<DomainStatus> statuses, CancellationToken cancellationToken)
    {
        var former = statuses.ToList();
        var apps = agent.Subscribe(ZedagentTopics.AppInstanceConfig);
        var listing = agent.Jobs<(IReadOnlyList<Guest>? Guests, string Error), object>();
        while (true)
        {
            listing.Start("", (_, _) => Task.FromResult(List()));
            do
                await agent.ChangedAsync(cancellationToken);
            while (listing.Finished.Count == 0);
            var (guests, error) = listing.Finished[0].Result;
            if (guests is not null)
                return Known(guests, former);
            Log.NoList(agent.Log, error);
            var (again, now) = (agent.Elapsed + options.LookInterval, agent.Now);
            while (agent.Elapsed < again)
            {
                foreach (var app in apps.Where(a => former.All(s => s.Key != a.Key)))
                    statuses.Publish(DomainStatuses.Unknown(app, error, statuses[app.Key], now));
                agent.WakeAt(again);
                await agent.ChangedAsync(cancellationToken);
            }
        }
    }

    (IReadOnlyList<Guest>?, string) List()
    {
        try
        {
            var guests = hypervisor.List();
            files.Sweep(guests.Select(g => g.App).ToHashSet());
            return (guests, "");
        }
        catch (Exception exception) when (exception is EveException or IOException)
        {
            return (null, exception.Message);
        }
    }

    // What runs, and what a former life of this agent has published.
    static Dictionary<string, Domain> Known(IReadOnlyList<Guest> guests, List<DomainStatus> former)
    {
        var domains = former.ToDictionary(s => s.Key, s => new Domain(s, s.Activated ? Phase.Up : Phase.Down));
        foreach (var guest in guests)
        {
            var key = guest.App.ToString();
            var status = domains.GetValueOrDefault(key)?.Status ?? DomainStatuses.Adopted(guest);
            domains[key] = new Domain(status, Phase.Up, guest);
        }
        return domains;
    }

    static async Task AdaptersAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var adapters = agent.Subscribe(ZedagentTopics.PhysicalIOAdapterList);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        do
            await agent.ChangedAsync(cancellationToken);
        while (adapters.Value is not { Initialized: true } || network.Value is not { Ports.Count: > 0 });
    }

    static void Take(Jobs<StepResult, SwState> calls, Dictionary<string, Domain> domains, Publication<DomainStatus> statuses, Moment moment, ILogger log)
    {
        foreach (var (key, state) in calls.Progress)
        {
            if (!domains.TryGetValue(key, out var domain) || domain.Phase != Phase.Starting)
                continue;
            Log.State(log, domain.Status.DisplayName, state);
            statuses.Publish((domains[key] = domain with { Status = domain.Status with { State = state } }).Status);
        }
        foreach (var (key, result) in calls.Finished)
        {
            if (result.Step == Step.Remove)
            {
                domains.Remove(key);
                statuses.Remove(key);
            }
            else
            {
                domains[key] = DomainLifecycle.Done(domains[key], result, moment);
            }
        }
    }

    void Call(Step step, string key, Domain domain, DomainConfig? config, AgentContext agent, Jobs<StepResult, SwState> calls)
    {
        if (step != Step.Look)
            Log.Step(agent.Log, domain.Status.DisplayName, step);
        var mark = DomainStatuses.Mark(domain.Status, agent.Now);
        var app = Guid.Parse(key);
        calls.Start(key, async (progress, stop) =>
        {
            var failure = await TryAsync(step, app, config, mark, progress, stop);
            if (failure is not null)
                Log.Failed(agent.Log, domain.Status.DisplayName, step, failure.Text);
            return Look(step, app, domain.Guest, failure);
        });
    }

    async Task<Failure?> TryAsync(Step step, Guid app, DomainConfig? config, DomainStatus mark, IProgress<SwState> progress, CancellationToken cancellationToken)
    {
        var kind = FailureKind.Guest;
        try
        {
            switch (step)
            {
                case Step.Start:
                    kind = FailureKind.Preparation;
                    var definition = await files.PrepareAsync(config!, mark, cancellationToken);
                    hypervisor.Prepare();
                    progress.Report(SwState.Booting);
                    kind = FailureKind.Guest;
                    hypervisor.Start(definition);
                    break;
                case Step.PressButton:
                    hypervisor.PressPowerButton(app);
                    break;
                case Step.Destroy:
                    hypervisor.Destroy(app);
                    break;
                case Step.Forget:
                    hypervisor.Forget(app);
                    break;
                case Step.Remove:
                    files.Remove(app);
                    break;
            }
            return null;
        }
        catch (Exception exception) when (exception is EveException or IOException or UnauthorizedAccessException)
        {
            return new Failure(kind, $"app {mark.DisplayName}: {exception.Message}");
        }
    }

    // A guest of which nothing can be learned is where it was.
    StepResult Look(Step step, Guid app, Guest? former, Failure? failure)
    {
        try
        {
            return new StepResult(step, hypervisor.Find(app), failure);
        }
        catch (EveException exception)
        {
            return new StepResult(step, former, failure ?? new Failure(FailureKind.Guest, exception.Message));
        }
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "guests from before cannot be listed, so nothing is started or removed: {Error}")]
    public static partial void NoList(ILogger log, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "app {App}: {Step}")]
    public static partial void Step(ILogger log, string app, Step step);

    [LoggerMessage(Level = LogLevel.Information, Message = "app {App}: {State}")]
    public static partial void State(ILogger log, string app, SwState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "app {App}: {Step} failed: {Error}")]
    public static partial void Failed(ILogger log, string app, Step step, string error);
}
