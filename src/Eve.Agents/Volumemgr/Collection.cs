using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>
/// When that goes which nothing in the configuration wants any more, from earlier runs: a while after a configuration was applied,
/// so that a mistake in it can be taken back, and never in maintenance (walk-app.md 42).
/// </summary>
/// <param name="Since">The last collection, or the start.</param>
/// <param name="Configured">A configuration came from the controller or from the disk, in this run.</param>
/// <param name="Due">When the next is due; null: nothing to wait for.</param>
/// <param name="Now">It is due in this turn.</param>
internal sealed record Collection(TimeSpan Since, bool Configured = false, TimeSpan? Due = null, bool Now = false)
{
    public Collection Next(ZedAgentStatus? zedagent, ConfigView config, TimeSpan now)
    {
        var configured = Configured || zedagent is { ConfigGetStatus: ConfigGetStatus.Success or ConfigGetStatus.ReadSaved };
        if (!configured || zedagent is { MaintenanceMode: true })
            return this with { Configured = configured, Due = null, Now = false };
        var due = Since + config.Get(ConfigItems.VolumeCollectInterval) / 10;
        return now < due ? this with { Configured = true, Due = due, Now = false }
            : new(now, true, now + config.Get(ConfigItems.VolumeCollectInterval) / 10, true);
    }
}
