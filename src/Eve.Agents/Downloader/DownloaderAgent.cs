using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Downloader;

/// <summary>Brings content from datastores to the disk (applications.md 3; walk-app.md 6). HTTP and HTTPS; other datastores are refused with an error.</summary>
public sealed class DownloaderAgent(ITransfer transfer) : IAgent
{
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var status = agent.Publish(DownloaderTopics.DownloaderStatus);
        var metrics = agent.Publish(DownloaderTopics.MetricsMap);
        status.SignalRestarted();
        metrics.SignalRestarted();
        // No registries yet: nothing is ever resolved, and whoever waits for that need not.
        agent.Publish(DownloaderTopics.ResolveStatus).SignalRestarted();
        await Gate.OnboardedAsync(agent, cancellationToken);
        await Gate.VaultAsync(agent, cancellationToken);

        var wanted = agent.Subscribe(VolumemgrTopics.DownloaderConfig);
        var datastores = agent.Subscribe(ZedagentTopics.DatastoreConfig);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var transfers = agent.Jobs<TransferResult, TransferProgress>();
        var tried = new Dictionary<string, TransferPlan>();
        var sweepAt = SweepInterval;

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            foreach (var change in wanted.Changes)
                Act(Downloads.Decide(change, status[change.Key], transfers.Running(change.Key)), change);
            if (wanted.Ready)
                status.Keys.Where(key => wanted[key] is null).ToList().ForEach(Forget);
            foreach (var (key, progress) in transfers.Progress)
            {
                if (wanted[key] is not null && status[key] is { State: SwState.Downloading } now)
                    status.Publish(Downloads.Moved(now, progress));
            }
            foreach (var (key, result) in transfers.Finished)
            {
                metrics.Publish(ConnectionMetrics.Add(metrics.Value, result.Attempts, agent.Now));
                if (wanted[key] is { } config && status[key] is { } now)
                    status.Publish(Downloads.Judge(now, config, result, agent.Config, agent.Now));
            }
            foreach (var config in wanted)
                Retry(config);
            Sweep();
        }

        void Act(Step step, Change<DownloaderConfig> change)
        {
            switch (step)
            {
                case Step.Start:
                    var anew = status[change.Key] is { State: SwState.Downloaded, Expired: false };      // what came was no good
                    status.Publish(Downloads.Started(change.New!, status[change.Key], agent.Now));
                    Start(change.New!, anew);
                    break;
                case Step.Adopt:
                    status.Publish(Downloads.Adopted(status[change.Key]!, change.New!));
                    break;
                case Step.Stop:
                    transfers.Cancel(change.Key);
                    status.Publish(Downloads.Stopped(status[change.Key] ?? Downloads.Started(change.New!, null, agent.Now), change.New!, agent.Now));
                    break;
                case Step.Forget:
                    Forget(change.Key);
                    break;
            }
        }

        // Removed by a job, since that waits for the end of the transfer.
        void Forget(string key)
        {
            transfers.Cancel(key);
            tried.Remove(key);
            if (status[key] is { } gone)
                transfers.Start(key, (_, _) => Removed(gone.Target));
            status.Remove(key);
        }

        Task<TransferResult> Removed(string target)
        {
            transfer.Delete(target);
            return Task.FromResult(new TransferResult(0, "", null, []));
        }

        TransferPlan Plan(DownloaderConfig config) =>
            Downloads.Plan(config, [.. config.DatastoreIDList.Select(id => datastores[id.ToString()])], network.Value, agent.Config);

        void Start(DownloaderConfig config, bool anew)
        {
            var plan = tried[config.Key] = Plan(config);
            transfers.Start(config.Key, (progress, stop) =>
            {
                if (anew)
                    transfer.Delete(plan.Target);
                return transfer.DownloadAsync(plan, progress, stop);
            });
        }

        void Retry(DownloaderConfig config)
        {
            if (status[config.Key] is not { } now || transfers.Running(config.Key))
                return;
            var mended = !tried.TryGetValue(config.Key, out var former) || Downloads.IsMended(former, Plan(config));
            if (Downloads.RetryAt(now, config, agent.Config, mended) is not { } at)
                return;
            if (agent.Now < at)
            {
                agent.WakeAt(at);
                return;
            }
            status.Publish(Downloads.Again(now));
            Start(config, anew: false);
        }

        // Leftovers go only on the strength of a complete set of what is wanted.
        void Sweep()
        {
            if (agent.Elapsed >= sweepAt && wanted.Ready)
            {
                sweepAt = agent.Elapsed + SweepInterval;
                transfer.Sweep(wanted.Select(c => c.Target).Concat(status.Select(s => s.Target)).ToHashSet());
            }
            if (agent.Elapsed < sweepAt)
                agent.WakeAt(sweepAt);
        }
    }
}
