using System.Net;
using Eve.Topics;
using Common = Eve.Api.Common;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>The network of a network instance: its defaults and its limits (configuration.md 8.1).</summary>
internal static class IpSpecs
{
    const int LargestRange = 255;
    const int SmallestNetwork = 4;

    /// <summary>Fills in what the specification says and derives the rest; the first fault ends it.</summary>
    public static NetworkInstanceConfig Apply(NetworkInstanceConfig instance, Common.ipspec? spec, ICollection<string> errors)
    {
        if (!Fields.TryNetwork(spec?.Subnet ?? "", out var subnet))
        {
            errors.Add($"subnet '{Fields.Shown(spec?.Subnet ?? "")}' is no network in CIDR form; give one such as 10.1.0.0/24");
            return instance;
        }
        instance = instance with
        {
            Subnet = IpNet.Of(subnet),
            DomainName = spec!.Domain,
            NtpServers = [.. spec.MoreNtp.Prepend(spec.Ntp).Where(server => server.Length > 0)],
        };
        var before = errors.Count;
        CheckHosts(spec, errors);
        instance = instance with { DnsServers = [.. spec.Dns.Where(server => SameFamily("DNS server", server, subnet, errors))] };
        var gateway = spec.Gateway.Length > 0 && SameFamily("gateway", spec.Gateway, subnet, errors) ? Number(spec.Gateway) : (UInt128?)null;
        var (start, end) = Range(spec.DhcpRange, subnet, errors);
        return errors.Count > before ? instance : Derive(instance, subnet, gateway, start, end, errors);
    }

    /// <summary>Both ends of a range, checked; null where none is given.</summary>
    public static (UInt128? Start, UInt128? End) Range(Common.ipRange? range, IPNetwork? subnet, ICollection<string> errors)
    {
        if (range is null || range.Start.Length == 0)
            return default;
        var shown = $"DHCP range '{Fields.Shown(range.Start)}' to '{Fields.Shown(range.End)}'";
        if (!Fields.TryAddress(range.Start, out var start) || (range.End.Length > 0 && !Fields.TryAddress(range.End, out _)))
        {
            errors.Add($"{shown} is not made of addresses; give two addresses, or no range");
            return default;
        }
        var end = range.End.Length > 0 ? IPAddress.Parse(range.End) : null;
        if (end is not null && end.AddressFamily != start.AddressFamily)
            errors.Add($"{shown} mixes IPv4 and IPv6; use one of them");
        else if (subnet is { } network && (!network.Contains(start) || (end is not null && !network.Contains(end))))
            errors.Add($"{shown} is not inside {network}; choose addresses of that network");
        else if (end is not null && Number(start) > Number(end))
            errors.Add($"{shown} ends before it starts; swap the two");
        else
            return (Number(start), end is null ? null : Number(end));
        return default;
    }

    static NetworkInstanceConfig Derive(NetworkInstanceConfig instance, IPNetwork subnet, UInt128? gateway, UInt128? start, UInt128? end, ICollection<string> errors)
    {
        var bits = subnet.BaseAddress.IsIPv4() ? 32 : 128;
        var count = subnet.PrefixLength == 0 ? UInt128.Zero : UInt128.One << (bits - subnet.PrefixLength);
        if (count < SmallestNetwork)
        {
            errors.Add($"subnet {subnet} is too small: it has {count} addresses and needs {SmallestNetwork}; use a shorter prefix");
            return instance;
        }
        var first = Number(subnet.BaseAddress);
        var router = gateway ?? first + 1;
        var from = start ?? (count >= 16 && end is null ? first + count / 2 : first + 2);
        var to = end ?? first + count - 2;
        if (from == first)
            from++;
        if (from == router)
            from++;
        if (bits == 32 && to == first + count - 1)
            to--;
        if (router >= from && router <= to)
            errors.Add($"gateway {Address(router, bits)} is inside the DHCP range {Address(from, bits)} to {Address(to, bits)}; move one of them");
        if (to > from && to - from > LargestRange)
            to = from + LargestRange;
        return instance with { Gateway = Address(router, bits), DhcpRange = new(Address(from, bits), Address(to, bits)) };
    }

    static void CheckHosts(Common.ipspec spec, ICollection<string> errors)
    {
        if (spec.Domain.Length > 0 && Fields.HostNameFault("domain", spec.Domain) is { } domain)
            errors.Add(domain);
        foreach (var server in spec.MoreNtp.Prepend(spec.Ntp).Where(server => server.Length > 0))
        {
            if (Fields.HostNameFault("NTP server", server) is { } fault)
                errors.Add(fault);
        }
    }

    static bool SameFamily(string what, string text, IPNetwork subnet, ICollection<string> errors)
    {
        if (!Fields.TryAddress(text, out var address))
            errors.Add($"{what} '{Fields.Shown(text)}' is no IP address; correct it");
        else if (address.AddressFamily != subnet.BaseAddress.AddressFamily)
            errors.Add($"{what} {address} and subnet {subnet} are not of one IP version; use one of them");
        else
            return true;
        return false;
    }

    static UInt128 Number(string address) => Number(IPAddress.Parse(address));

    static UInt128 Number(IPAddress address)
    {
        var number = UInt128.Zero;
        foreach (var part in address.GetAddressBytes())
            number = (number << 8) | part;
        return number;
    }

    static string Address(UInt128 number, int bits)
    {
        var bytes = new byte[bits / 8];
        for (var i = bytes.Length - 1; i >= 0; i--, number >>= 8)
            bytes[i] = (byte)(number & 0xff);
        return new IPAddress(bytes).ToString();
    }
}
