using System.Net;
using Eve.Topics;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>Static routes of a network instance, and probes of connectivity (configuration.md 8.2, 8.3).</summary>
internal static class Routes
{
    /// <summary>A route; null, with the reason among the errors, if it cannot be used.</summary>
    public static IPRouteConfig? ToTopic(Wire.IPRoute route, ICollection<string> errors)
    {
        var what = $"route to '{Fields.Shown(route.DestinationNetwork)}'";
        if (!Fields.TryNetwork(route.DestinationNetwork, out var destination))
            errors.Add($"{what}: the destination is no network in CIDR form; give one such as 0.0.0.0/0");
        else if (route.Gateway.Length > 0 && (!Fields.TryAddress(route.Gateway, out var gateway) || gateway.Equals(IPAddress.Any) || gateway.Equals(IPAddress.IPv6Any)))
            errors.Add($"{what}: gateway '{Fields.Shown(route.Gateway)}' is no address of a router; correct it");
        else if (route.Gateway.Length == 0 && route.Port.Length == 0)
            errors.Add($"{what} has neither gateway nor port; give one of them");
        else if (Fields.NameFault($"{what}: port", route.Port) is { } fault)
            errors.Add(fault);
        else if (Probe(route.Probe?.CustomProbe, what, errors) is { } probe)
        {
            return new(
                IpNet.Of(destination), route.Gateway, route.Port,
                new(route.Probe?.EnableGwPing ?? false, (byte)Math.Min(route.Probe?.GwPingMaxCost ?? 0, byte.MaxValue), probe),
                route.PreferLowerCost, route.PreferStrongerWwanSignal);
        }
        return null;
    }

    /// <summary>A probe, the empty one if none is wanted; null if it cannot be used.</summary>
    public static ConnectivityProbe? Probe(Common.ConnectivityProbe? probe, string what, ICollection<string> errors)
    {
        var (host, port) = (probe?.ProbeEndpoint?.Host ?? "", probe?.ProbeEndpoint?.Port ?? 0);
        var isAddress = Fields.TryAddress(host, out _);
        switch (probe?.ProbeMethod)
        {
            case Common.ConnectivityProbeMethod.Icmp when host.Length == 0 || isAddress:
                return new(ConnectivityProbeMethod.Icmp, host);
            case Common.ConnectivityProbeMethod.Tcp when isAddress && port is >= 1 and <= ushort.MaxValue:
                return new(ConnectivityProbeMethod.Tcp, host, (ushort)port);
            case Common.ConnectivityProbeMethod.Icmp:
                errors.Add($"{what}: probe host '{Fields.Shown(host)}' is no IP address; give one, or none");
                return null;
            case Common.ConnectivityProbeMethod.Tcp:
                errors.Add($"{what}: a TCP probe of '{Fields.Shown(host)}' port {port} needs an IP address and a port from 1 to 65535; correct it");
                return null;
            default:
                return new();
        }
    }
}
