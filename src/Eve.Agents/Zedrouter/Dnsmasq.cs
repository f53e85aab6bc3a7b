using System.Globalization;
using System.Net;
using System.Text;
using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>The texts that dnsmasq reads and writes (networking.md 2): pure. All that is filled in is an address, a number, or a name that was checked.</summary>
internal static class Dnsmasq
{
    const string OwnNames = "instance";

    /// <summary>The server of a network instance, for these of its apps' adapters.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="user">Who it runs as once it has started.</param>
    public static DnsmasqProcess Server(Instance instance, IReadOnlyList<(Adapter Adapter, AppNetwork App)> adapters, string folder, string user)
    {
        var hosts = adapters.Select(a => KeyValuePair.Create(a.Adapter.Vif, $"{a.Adapter.Mac},id:*,{a.Adapter.Address},{a.App.Id}\n"));
        var names = new Dictionary<string, string> { [OwnNames] = InstanceNames(instance) };
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (adapter, app) in adapters)
        {
            if (HostName(app.Config.DisplayName) is { Length: > 0 } name && (taken.Add(name) || adapters.Any(a => a.App.Id == app.Id && a.Adapter.Vif != adapter.Vif)))
                names[adapter.Vif] = $"{adapter.Address}\t{name}\n";
        }
        return new(instance.Bridge, Config(instance, adapters, folder, user), new ValueMap<string, string>(hosts), new ValueMap<string, string>(names));
    }

    public static string ConfigFile(string folder, string bridge) => Path.Combine(folder, $"dnsmasq.{bridge}.conf");
    public static string PidFile(string folder, string bridge) => Path.Combine(folder, $"dnsmasq.{bridge}.pid");
    public static string LeaseFile(string folder, string bridge) => Path.Combine(folder, "dnsmasq.leases", bridge);
    public static string HostsFolder(string folder, string bridge) => Path.Combine(folder, $"dhcp-hosts.{bridge}");
    public static string NamesFolder(string folder, string bridge) => Path.Combine(folder, $"hosts.{bridge}");

    static string Config(Instance instance, IReadOnlyList<(Adapter Adapter, AppNetwork App)> adapters, string folder, string user)
    {
        var text = new StringBuilder();
        Lines("keep-in-foreground", "bind-interfaces", "except-interface=lo", $"interface={instance.Bridge}", $"listen-address={instance.Gateway}");
        Lines($"user={user}", "no-resolv", "no-hosts", "no-ping", "bogus-priv", "neg-ttl=10", "cache-size=0", "log-facility=-");
        Lines($"pid-file={PidFile(folder, instance.Bridge)}", $"dhcp-leasefile={LeaseFile(folder, instance.Bridge)}");
        Lines($"dhcp-hostsdir={HostsFolder(folder, instance.Bridge)}", $"hostsdir={NamesFolder(folder, instance.Bridge)}");
        foreach (var port in instance.Ports)
            Lines([.. Instance.V4(port.DNSServers).Select(server => $"server={server}@{port.IfName}")]);
        foreach (var host in adapters.SelectMany(a => a.Adapter.Rules.Select(r => (a.Adapter.Vif, r.Host))).Where(h => h.Host is not null).Distinct())
            Lines($"nftset=/{host.Host}/4#inet#eve#{AclNft.HostSet(host.Vif, host.Host!)}");
        Lines(string.Create(CultureInfo.InvariantCulture, $"dhcp-range={instance.Subnet.BaseAddress},static,{Mask(instance.Subnet.PrefixLength)},60m"));
        Lines([.. Options(instance)]);
        return text.ToString();

        void Lines(params IEnumerable<string> lines)
        {
            foreach (var line in lines)
                text.Append(line).Append('\n');
        }
    }

    static IEnumerable<string> Options(Instance instance)
    {
        yield return instance.OffersDefaultRoute ? $"dhcp-option=option:router,{instance.Gateway}" : "dhcp-option=option:router";
        var servers = Instance.V4(instance.Config.DnsServers).ToList();
        yield return $"dhcp-option=option:dns-server,{(servers.Count > 0 ? string.Join(',', servers) : instance.Gateway)}";
        if (instance.Config.DomainName.Length > 0)
            yield return $"dhcp-option=option:domain-name,{instance.Config.DomainName}";
        if (NtpServers(instance) is { Count: > 0 } ntp)
            yield return $"dhcp-option=option:ntp-server,{string.Join(',', ntp)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"dhcp-option=option:mtu,{instance.Mtu}");
    }

    /// <summary>Its own time servers and those of its ports, as far as they are addresses.</summary>
    public static IReadOnlyList<IPAddress> NtpServers(Instance instance) =>
        [.. Instance.V4([.. instance.Config.NtpServers, .. instance.Ports.SelectMany(p => p.NtpServers)]).Distinct()];

    static string InstanceNames(Instance instance)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{instance.Gateway}\trouter\n");
        foreach (var entry in instance.Config.DnsNameToIPList.Where(e => NetworkInstances.DomainName().IsMatch(e.HostName)))
        {
            foreach (var address in Instance.V4(entry.IPs))
                text.Append(CultureInfo.InvariantCulture, $"{address}\t{entry.HostName}\n");
        }
        return text.ToString();
    }

    /// <summary>A name that may stand in the DNS, out of an app's; empty if nothing of it may.</summary>
    public static string HostName(string displayName)
    {
        var text = string.Concat(displayName.Take(63).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')).Trim('-', '.');
        return NetworkInstances.DomainName().IsMatch(text) ? text : "";
    }

    public static IEnumerable<Lease> Leases(string bridge, string text) =>
        from line in text.Split('\n')
        let words = line.Split(' ')
        where words.Length >= 4 && MacAddress.TryParse(words[1], out _) && IPAddress.TryParse(words[2], out _)
        select new Lease(bridge, words[1], words[2]);

    /// <summary>The leases that may stay: an old one would send the next app to another address, or an app to its former one.</summary>
    public static string KeepLeases(string text, IEnumerable<string> hosts)
    {
        var wanted = hosts.Select(h => h.Split(',')).Where(h => h.Length >= 3).Select(h => (Mac: h[0], Address: h[2])).ToHashSet();
        return string.Concat(text.Split('\n').Where(l => l.Split(' ') is { Length: >= 4 } words && wanted.Contains((words[1], words[2]))).Select(l => l + "\n"));
    }

    static IPAddress Mask(int length) => new(BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)(uint.MaxValue << (32 - length)))));
}
