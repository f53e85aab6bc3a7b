using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Diag;

/// <summary>Port configurations and ports: which is used, why not a better one, and what each port can do.</summary>
internal static class NetworkFindings
{
    public static IEnumerable<Finding> Of(DiagFacts facts)
    {
        if (facts.Network is not { } network)
            return [new(Grade.Error, "network", "Nothing is known of the network.", "nim has not published anything.", "See the log of nim.")];
        return [.. Configs(facts.PortConfigs), .. State(network), .. network.Ports.Where(p => p.IsL3Port).SelectMany(Port), Passed(network)];
    }

    static IEnumerable<Finding> Configs(DevicePortConfigList? list)
    {
        if (list is null or { PortConfigList.Count: 0 })
            return [new(Grade.Error, "network", "There is no port configuration.", "Neither the controller nor /config gave one.", "Put a bootstrap configuration or override.json into /config, or onboard the device by a wired port.")];
        var current = list.CurrentIndex;
        if (current < 0 || current >= list.PortConfigList.Count)
            return [new(Grade.Error, "network", $"None of the {list.PortConfigList.Count} port configurations works.", Reason(list.PortConfigList[0]), "Mend the first of them at the controller, or by /config.")];
        var used = list.PortConfigList[current];
        var skipped = list.PortConfigList.Take(current).Select((config, index) => new Finding(
            Grade.Warning, "network", $"Port configuration {index} ({config.Key}) is not used.", Reason(config), "Mend it at the controller; it is tried again now and then."));
        return [.. skipped, new(Grade.Info, "network", $"Port configuration {current} ({used.Key}) is used; {list.PortConfigList.Count - current - 1} more are kept in reserve.")];
    }

    static string Reason(DevicePortConfig config) => config.LastError.Length > 0 ? config.LastError : $"It is in state {config.State}.";

    static IEnumerable<Finding> State(DeviceNetworkStatus network)
    {
        if (network.Testing)
            yield return new(Grade.Warning, "network", "The network is being tested.", "A port configuration or an address is new.", "Wait.");
        else if (network.State != DPCState.Success)
            yield return new(Grade.Warning, "network", $"The port configuration in use is in state {network.State}.", Waits(network.State), "See the ports.");
    }

    static string Waits(DPCState state) => state switch
    {
        DPCState.FailWithIpAndDns => "There are addresses and name servers, but no way to the controller.",
        DPCState.IpDnsWait => "It waits for addresses and name servers.",
        DPCState.PciWait or DPCState.IntfWait => "It waits for a network card.",
        DPCState.RemoteWait => "The controller answers, but not as it should.",
        DPCState.WwanWait => "It waits for the modem.",
        DPCState.AsyncWait => "It is being applied.",
        _ => "It was tested and does not reach the controller.",
    };

    static IEnumerable<Finding> Port(NetworkPortStatus port)
    {
        var addresses = port.AddrInfoList.Select(a => a.Addr).Where(UsableAddresses.IsUsable).ToList();
        var use = port.IsMgmt ? "for the controller" : "for applications";
        yield return new(Grade.Info, "port", $"{Name(port)}: {port.MacAddr}, link {(port.Up ? "up" : "down")}, {use}, cost {port.Cost}, {(addresses.Count > 0 ? string.Join(", ", addresses) : "no address")}.");
        if (port.InvalidConfig)
            yield return new(Grade.Error, "port", $"{Name(port)}: its configuration is not valid.", Or(port.LastError, "The controller's configuration contradicts itself."), "Mend it at the controller.");
        else if (!port.Up)
            yield return Fault(port, "has no link", "No cable is connected, or the other end is off.", "Connect it.");
        else if (addresses.Count == 0)
            yield return Fault(port, "has no address", Or(port.LastError, $"Its addresses come by {port.Dhcp}, and none came."), "Check the DHCP server, or give it an address in its configuration.");
        else if (port.LastError.Length > 0 && port.LastFailed > port.LastSucceeded)
            yield return Fault(port, "does not reach the controller", port.LastError, "Check routers, name servers and firewalls on the way, and the port's proxies.");
        if (port is { IsMgmt: true, Up: true } && addresses.Count > 0 && port.DNSServers.Count == 0)
            yield return new(Grade.Warning, "port", $"{Name(port)}: it has no name servers.", "Neither DHCP nor its configuration names any.", "Name one in its configuration.");
        if (port is { IsMgmt: true, Up: true } && addresses.Count > 0 && port.DefaultRouters.Count == 0)
            yield return new(Grade.Warning, "port", $"{Name(port)}: it has no router.", "Neither DHCP nor its configuration names any.", "Name one in its configuration.");
    }

    // What only applications use does not keep the device from its controller.
    static Finding Fault(NetworkPortStatus port, string what, string reason, string remedy) =>
        new(port.IsMgmt ? Grade.Error : Grade.Warning, "port", $"{Name(port)} {what}.", reason, remedy);

    static string Name(NetworkPortStatus port) => port.Logicallabel.Length > 0 && port.Logicallabel != port.IfName ? $"{port.Logicallabel} ({port.IfName})" : port.IfName;

    static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    static Finding Passed(DeviceNetworkStatus network)
    {
        var ports = network.Ports.Where(p => p is { IsMgmt: true, IsL3Port: true }).ToList();
        var passed = ports.Count(p => p.LastSucceeded > p.LastFailed);
        return (passed, ports.Count) switch
        {
            (_, 0) => new(Grade.Error, "network", "No port is meant for the controller.", "The port configuration names none.", "Set one of the ports to management use."),
            (0, _) => new(Grade.Error, "network", "No port reaches the controller.", "Each has failed its test, or has none yet.", "See the ports."),
            _ when passed == ports.Count => new(Grade.Pass, "network", $"All ports for the controller ({passed}) reach it."),
            _ => new(Grade.Warning, "network", $"{passed} of {ports.Count} ports for the controller reach it.", "The others have failed their test.", "See the ports."),
        };
    }
}
