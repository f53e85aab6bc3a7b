using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>
/// Brings the content that the configuration names, and makes volumes of it (walk-app.md 3-14, 40-43; applications.md 5).
/// Every turn derives all from the latest state: content first, then the volumes that need it, then what the disk has left.
/// </summary>
/// <remarks>Containers, registries, snapshots, volumes of ZFS, and content that outlives its configuration for a while are not built yet.</remarks>
public sealed class VolumemgrAgent(IBlobStore blobs, IDiskImages images, IDiskUsage usage) : IAgent
{
    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        await Gate.OnboardedAsync(agent, cancellationToken);
        await Gate.VaultAsync(agent, cancellationToken);

        var content = new ContentWork(agent, blobs);
        var volumes = new VolumeWork(agent, images);
        var disk = new DiskWork(agent, usage, images);
        var zedagent = agent.Subscribe(ZedagentTopics.ZedAgentStatus);
        agent.Publish(VolumemgrTopics.ResolveConfig).SignalRestarted();
        agent.Publish(VolumemgrTopics.VolumesSnapshotStatus).SignalRestarted();

        content.Scan();
        await volumes.ScanAsync(cancellationToken);
        do
            await agent.ChangedAsync(cancellationToken);
        while (!content.Known);

        var collection = new Collection(agent.Elapsed);
        while (true)
        {
            collection = collection.Next(zedagent.Value, agent.Config, agent.Elapsed);
            if (collection.Due is { } due)
                agent.WakeAt(due);

            disk.Begin();
            content.Turn(collection.Now, Remaining(), volumes.Reading);
            await volumes.TurnAsync(collection.Now, Remaining(), content, disk, cancellationToken);
            disk.End(Left(), volumes.Files, content.Moved || volumes.Moved);

            await agent.ChangedAsync(cancellationToken);
        }

        ulong? Left() => Space.Remaining(disk.Report, agent.Config, content.Reserved + volumes.Reserved);
        ulong? Remaining() => agent.Config.Get(ConfigItems.StorageAppsIgnoreDiskCheck) ? ulong.MaxValue : Left();
    }
}
