using Eve.Topics;

namespace Eve.Agents.Nodeagent;

/// <summary>When the controller was last reached, by the agent's own clock, since the machine's may be set.</summary>
/// <param name="Last">Then, or when the agent started.</param>
/// <param name="First">When it was reached for the first time in this run; null: never.</param>
internal sealed record Contact(TimeSpan Last, TimeSpan? First = null)
{
    /// <summary>A saved configuration is no contact; a temporary refusal is one.</summary>
    public Contact Seen(ConfigGetStatus status, TimeSpan now) =>
        status is ConfigGetStatus.Success or ConfigGetStatus.TemporaryFail ? this with { Last = now, First = First ?? now } : this;
}

/// <summary>Why the device must not take on anything new (device-agents.md 4.5).</summary>
internal static class Maintenance
{
    public static ValueList<MaintenanceModeReason> Reasons(
        IEnumerable<VaultStatus> vaults, VolumeMgrStatus? volumes, ZedAgentStatus? zedagent, Contact contact, ConfigView config, TimeSpan now)
    {
        List<MaintenanceModeReason> reasons = [];
        if (vaults.Any(v => v.Status == DataSecAtRestStatus.Error) && contact.First is { } first && now - first > config.Get(ConfigItems.VaultReadyCutoff))
            reasons.Add(MaintenanceModeReason.VaultLockedUp);
        if (volumes is { RemainingSpace: 0 })
            reasons.Add(MaintenanceModeReason.LowDiskSpace);
        if (zedagent is { EdgeNodeCertsRefused: true })
            reasons.Add(MaintenanceModeReason.EdgeNodeCertsRefused);
        return [.. reasons];
    }
}
