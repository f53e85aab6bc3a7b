using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>A network instance as the controller is told of it (reports.md 3).</summary>
internal static class NetworkInstanceReport
{
    public static Wire.ZInfoMsg Of(NetworkInstanceStatus status, AssignableAdapters? adapters, Guid device)
    {
        var info = new Wire.ZInfoNetworkInstance
        {
            NetworkID = status.UUID.ToString(),
            NetworkVersion = status.Version,
            Displayname = status.DisplayName,
            InstType = (uint)status.Type,
            Activated = status.Activated,
            Mtu = status.MTU,
            State = States.Of(status),
            BridgeNum = (uint)status.BridgeNum,
            BridgeName = status.BridgeName,
            BridgeIPAddr = status.BridgeIPAddr,
        };
        info.Ports.AddRange(status.Ports);
#pragma warning disable CS0612 // Controllers that know one port only still read it.
        info.CurrentUplinkIntf = status.Ports.Count > 0 ? status.Ports[0] : "";
#pragma warning restore CS0612
        if (Errors.Of(status) is { } error)
            info.NetworkErr.Add(new Wire.ErrorInfo { Description = error.Description, Timestamp = error.Timestamp, Severity = error.Severity });
        info.IpRoutes.AddRange(status.CurrentRoutes.Select(Of));
        info.IpAssignments.AddRange(status.IPAssignments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => Of(a.Key, a.Value)));
        info.Vifs.AddRange(status.Vifs.Select(v => new Wire.ZmetVifInfo { VifName = v.Name, MacAddress = v.MacAddr.ToString(), AppID = v.AppID.ToString() }));
        info.AssignedAdapters.AddRange(status.Ports.Select(label => Adapters.OfPort(adapters, label, device)).OfType<Wire.ZioBundle>());
        return new() { Ztype = Wire.ZInfoTypes.ZiNetworkInstance, Niinfo = info };
    }

    static Wire.IPRoute Of(IPRouteInfo route) => new()
    {
        DestinationNetwork = route.DstNetwork?.ToString() ?? "",
        Gateway = route.Gateway,
        Port = route.OutputPort,
        GatewayApp = route.GatewayApp == Guid.Empty ? "" : route.GatewayApp.ToString(),
    };

    static Wire.ZmetIPAssignmentEntry Of(string mac, AssignedAddrs addresses)
    {
        var entry = new Wire.ZmetIPAssignmentEntry { MacAddress = mac };
        entry.IpAddress.AddRange(addresses.IPv4Addrs.Concat(addresses.IPv6Addrs).Select(a => a.Address));
        return entry;
    }
}
