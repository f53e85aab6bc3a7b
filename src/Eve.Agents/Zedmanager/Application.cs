using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>What becomes of an application that is configured, turn by turn (applications.md 6.2).</summary>
internal static class Application
{
    public static App Next(AppInstanceConfig config, App? known, Facts facts)
    {
        var runs = Runs(known, facts);
        var (accepted, complaint) = Acceptance.Of(config, known is { Settled: true } ? known.Accepted : null, facts, runs);
        var former = known?.Status ?? new AppInstanceStatus(State: SwState.Initial, StartTime: facts.Now + config.Delay.ToTimeSpan());
        var app = (known ?? new App(former)) with
        {
            // Until domainmgr has listed its guests, what is in force may yet turn out to be what one of them was started with.
            Accepted = accepted,
            Settled = runs || facts.DomainsKnown,
            WakeAt = null,
            Purge = Purge(config, facts, runs),
            Status = former with
            {
                UUIDandVersion = config.UUIDandVersion, DisplayName = config.DisplayName, FixedResources = accepted.FixedResources, IoAdapterList = accepted.IoAdapterList,
            },
        };
        if (complaint is { Final: true } && app.Domain is null && facts.Domain is null)
            return app with { Status = AppErrors.Put(app.Status with { State = SwState.Initial }, complaint, former, facts.Now) };

        var (installed, problem) = Installation.Next(app, facts);
        app = installed;
        if (problem is null || app.Domain is not null || facts.Domain is not null)
            (app, problem) = Activation.Next(app, facts, problem);
        return app with { Status = AppErrors.Put(app.Status, complaint ?? problem, former, facts.Now) };
    }

    // A guest that is down is built anew when it comes up, from the newest configuration. One that was asked for and is not heard of yet may be on its way.
    static bool Runs(App? known, Facts facts) => facts.Domain is { } domain
        ? domain.Activated || domain.PendingAdd || domain.PendingModify
        : known?.Domain is { Activate: true };

    // The volumes stand for the counter that was in force when they were asked for.
    static UuidToNum? Purge(AppInstanceConfig config, Facts facts, bool runs)
    {
        if (!facts.DomainsKnown && !runs)
            return facts.PurgeCounter is { } stored ? Number(stored) : null;
        return Number(runs && facts.PurgeCounter is { } former ? former : Acceptance.PurgeCounter(config));

        UuidToNum Number(int counter) => new(config.UUIDandVersion.UUID, counter, "purgeCmdCounter");
    }
}
