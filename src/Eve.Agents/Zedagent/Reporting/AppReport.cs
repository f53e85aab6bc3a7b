using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>An app as the controller is told of it (reports.md 2).</summary>
internal static class AppReport
{
    public static Wire.ZInfoMsg Of(AppInstanceStatus status, IReadOnlyDictionary<Guid, NetworkInstanceStatus> networks, AssignableAdapters? adapters)
    {
        var id = status.UUIDandVersion.UUID;
        var app = new Wire.ZInfoApp
        {
            AppID = id.ToString(),
            AppVersion = status.UUIDandVersion.Version,
            AppName = status.DisplayName,
            State = States.Of(status.State),
            BootTime = Units.Time(status.BootTime),
            ClusterAppRunning = status.Activated,
        };
        if (Errors.Of(status) is { } error)
            app.AppErr.Add(error);
        app.AssignedAdapters.AddRange(status.IoAdapterList.Select(adapter => Adapters.OfApp(adapters, adapter, id)));
        app.Network.AddRange(status.AppNetAdapters.Where(a => a.VifUsed.Length > 0).Select(a => Of(a, networks.GetValueOrDefault(a.Network))));
        app.VolumeRefs.AddRange(status.VolumeRefStatusList.Select(v => v.VolumeID.ToString()));
        app.Snapshots.AddRange(status.SnapStatus.AvailableSnapshots.Select(Of));
        return new() { Ztype = Wire.ZInfoTypes.ZiApp, Ainfo = app };
    }

    /// <summary>What an app left for the controller.</summary>
    public static Wire.ZInfoMsg Of(AppInstMetaData data) => new()
    {
        Ztype = Wire.ZInfoTypes.ZiAppInstMetaData,
        Amdinfo = new()
        {
            Uuid = data.AppInstUUID.ToString(),
            Type = (Wire.AppInstMetaDataType)data.Type,
            Data = Google.Protobuf.ByteString.CopyFrom(data.Data.Span),
        },
    };

    static Wire.ZInfoNetwork Of(AppNetAdapterStatus adapter, NetworkInstanceStatus? network)
    {
        var info = new Wire.ZInfoNetwork
        {
            LocalName = adapter.VifUsed,
            DevName = adapter.Name,
            MacAddr = adapter.Mac.ToString(),
            Ipv4Up = adapter.IPv4Assigned,
            IpAddrMisMatch = adapter.IPAddrMisMatch,
        };
        info.IPAddrs.AddRange(adapter.AssignedAddresses.IPv4Addrs.Concat(adapter.AssignedAddresses.IPv6Addrs).Select(a => a.Address));
        if (network is null)
            return info;
        info.NtpServers.AddRange(network.CombinedNTPServers);
        if (network.Gateway.Length > 0)
            info.DefaultRouters.Add(network.Gateway);
        info.Dns = new();
        info.Dns.DNSservers.AddRange(network.DnsServers);
        return info;
    }

    static Wire.ZInfoSnapshot Of(SnapshotInstanceStatus snapshot) => new()
    {
        Id = snapshot.Snapshot.SnapshotID,
        Type = (Wire.SnapshotType)snapshot.Snapshot.SnapshotType,
        ConfigId = snapshot.ConfigVersion.UUID.ToString(),
        ConfigVersion = snapshot.ConfigVersion.Version,
        CreateTime = Units.Time(snapshot.TimeCreated),
        SnapErr = Errors.Of(snapshot.Error),
    };
}
