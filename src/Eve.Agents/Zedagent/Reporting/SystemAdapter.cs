using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>All known configurations of the ports; of the one in use, how its ports really are (reports.md 1.5).</summary>
internal static class SystemAdapter
{
    public static Wire.SystemAdapterInfo? Of(DevicePortConfigList? list, DeviceNetworkStatus? network, AssignableAdapters? adapters)
    {
        if (list is null)
            return null;
        // While none is in use the index is -1; on the wire it has no sign.
        var info = new Wire.SystemAdapterInfo { CurrentIndex = unchecked((uint)list.CurrentIndex) };
        for (var i = 0; i < list.PortConfigList.Count; i++)
            info.Status.Add(Of(list.PortConfigList[i], i == list.CurrentIndex ? network : null, adapters));
        return info;
    }

    static Wire.DevicePortStatus Of(DevicePortConfig config, DeviceNetworkStatus? network, AssignableAdapters? adapters)
    {
        var status = new Wire.DevicePortStatus
        {
            Version = (uint)config.Version,
            Key = config.Key,
            TimePriority = Units.Time(config.TimePriority),
            LastFailed = Units.Time(config.LastFailed),
            LastSucceeded = Units.Time(config.LastSucceeded),
            LastError = config.LastError,
        };
        status.Ports.AddRange(config.Ports.Select(port =>
        {
            var adapter = Adapters.UnderPort(adapters, port.Logicallabel);
            return network?.Ports.FirstOrDefault(p => p.Logicallabel == port.Logicallabel) is { } now
                ? Ports.Of(now, port.NetworkUUID, adapter)
                : Ports.Of(port, adapter);
        }));
        return status;
    }
}
