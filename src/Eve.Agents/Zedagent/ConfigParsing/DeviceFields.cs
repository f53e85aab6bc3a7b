using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>What the configuration says of the device as a whole.</summary>
internal static class DeviceFields
{
    const long EarliestSecond = -62_135_596_800, LatestSecond = 253_402_300_799;     // years 1 and 9999

    /// <summary>The device's names; null where the configuration does not say which device it is for.</summary>
    public static EdgeNodeInfo? Node(Wire.EdgeDevConfig config) => Fields.TryId(config.Id?.Uuid ?? "", out var id) ? Names(config) with { DeviceID = id } : null;

    /// <summary>The names alone, for reports.</summary>
    public static EdgeNodeInfo Names(Wire.EdgeDevConfig config) => new(
        config.DeviceName, default, config.ProjectName, Guid.TryParse(config.ProjectId, out var project) ? project : Guid.Empty, config.EnterpriseName, config.EnterpriseId);

    /// <summary>Why the configuration is not for this device; null if it may be.</summary>
    public static string? Refusal(Wire.EdgeDevConfig config, Guid device)
    {
        if (config.ConfigTimestamp is { } time && (time.Seconds is < EarliestSecond or > LatestSecond || time.Nanos is < 0 or > 999_999_999))
            return $"config_timestamp {time.Seconds} s {time.Nanos} ns is no point in time; correct it at the controller";
        if (config.Id is null)
            return null;
        if (!Fields.TryId(config.Id.Uuid, out var id))
            return $"the configuration is for a device with the id '{Fields.Shown(config.Id.Uuid)}', which is no UUID; correct it at the controller";
        return device != Guid.Empty && id != device ? $"the configuration is for the device {id}, this one is {device}; correct it at the controller" : null;
    }

    /// <summary>Sections that the device does not read yet: said, not dropped in silence.</summary>
    public static void NoteUnsupported(Wire.EdgeDevConfig config, Faults faults)
    {
        (string Section, bool Used)[] sections =
        [
            ("bonds", config.Bonds.Count > 0), ("vlans", config.Vlans.Count > 0), ("pnacs", config.Pnacs.Count > 0), ("scep_profiles", config.ScepProfiles.Count > 0),
            ("baseos", config.Baseos is { ContentTreeUuid.Length: > 0 }), ("cluster", config.Cluster is not null), ("patchEnvelopes", config.PatchEnvelopes.Count > 0),
            ("edgeview", config.Edgeview is { Token.Length: > 0 }), ("disks", config.Disks is { Disks.Count: > 0 }), ("loc_config", config.LocConfig is { LocUrl.Length: > 0 }),
            ("local_profile_server", config.LocalProfileServer.Length > 0),
        ];
        foreach (var (section, _) in sections.Where(s => s.Used))
            faults.Add(section, "", "", $"{section} is not supported by this version of the device and is ignored; remove it, or use a later version");
    }
}
