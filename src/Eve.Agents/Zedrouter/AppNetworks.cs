using System.Net;
using System.Net.Sockets;
using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>One interface of an app, with all that is decided about it.</summary>
internal sealed record Adapter(AppNetAdapterConfig Config, Instance Instance, string Vif, MacAddress Mac, IPAddress Address, ValueList<AclRule> Rules);

/// <summary>An app's network as it is judged.</summary>
/// <param name="Adapters">Empty when it is not to be active, waits, or cannot be.</param>
/// <param name="Awaits">A network instance that it needs is not there, or not active.</param>
/// <param name="Error">Why it cannot be.</param>
internal sealed record AppNetwork(AppNetworkConfig Config, int Number, ValueList<Adapter> Adapters, bool Awaits = false, string Error = "")
{
    public Guid Id => Config.UUIDandVersion.UUID;
}

/// <summary>Judges the networks of all apps together (applications.md 7.3): pure.</summary>
internal static class AppNetworks
{
    /// <param name="former">The status of each app: what is active goes before what would become so.</param>
    public static IReadOnlyList<AppNetwork> Judge(
        IEnumerable<AppNetworkConfig> configs, IReadOnlyList<Instance> instances, Numbers numbers, Func<Guid, AppNetworkStatus?> former)
    {
        var judged = new List<AppNetwork>();
        foreach (var config in configs.OrderByDescending(c => former(c.UUIDandVersion.UUID)?.Activated ?? false).ThenBy(c => numbers.App(c.UUIDandVersion.UUID)))
        {
            var app = One(config, instances, numbers, judged);
            // A change that cannot be leaves what runs as it is.
            if (app.Error.Length > 0 && former(app.Id) is { Activated: true } status)
            {
                var before = config with { AppNetAdapterList = [.. status.AppNetAdapterList.Select(a => a.ToAppNetAdapterConfig())] };
                app = One(before, instances, numbers, judged) with { Config = config, Error = app.Error };
            }
            judged.Add(app);
        }
        return judged;
    }

    static AppNetwork One(AppNetworkConfig config, IReadOnlyList<Instance> instances, Numbers numbers, List<AppNetwork> others)
    {
        var app = new AppNetwork(config, numbers.App(config.UUIDandVersion.UUID), []);
        if (!config.Activate)
            return app;
        if (app.Number == 0)
            return app with { Error = $"{Named(config)}: all {NetworkNames.HighestNumber} numbers of apps are taken: remove one" };
        var (adapters, errors, awaits) = (new List<Adapter>(), new List<string>(), false);
        for (var i = 0; i < config.AppNetAdapterList.Count; i++)
        {
            var wanted = config.AppNetAdapterList[i];
            var instance = instances.FirstOrDefault(n => n.Id == wanted.Network);
            if (instance is { Broken: { Length: > 0 } broken })
                errors.Add($"{Named(config)}: {broken}");
            else if (instance is not { Eligible: true })
                awaits = true;
            else if (Read(app, wanted, instance, i + 1, numbers, out var adapter) is { Count: > 0 } wrong)
                errors.AddRange(wrong);
            else
                adapters.Add(adapter!);
        }
        if (errors.Count == 0)
            errors.AddRange(Clashes(app with { Adapters = [.. adapters] }, others));
        return errors.Count > 0 ? app with { Error = string.Join('\n', errors.Distinct()) } : awaits ? app with { Awaits = true } : app with { Adapters = [.. adapters] };
    }

    static IReadOnlyList<string> Read(AppNetwork app, AppNetAdapterConfig config, Instance instance, int index, Numbers numbers, out Adapter? adapter)
    {
        adapter = null;
        var name = $"{Named(app.Config)}, adapter '{NetworkInstances.Shown(config.Name)}'";
        var acl = Acls.Parse(config.ACLs, instance);
        var errors = acl.Errors.Select(e => $"{name}: {e}").ToList();
        if (config.Error.Length > 0)
            errors.Add(config.Error);
        if (index > NetworkNames.HighestNumber)
            errors.Add($"{Named(app.Config)} has more than {NetworkNames.HighestNumber} adapters");
        var mac = config.AppMacAddr.IsNil ? Addressing.AppMac(numbers.Generator(app.Id), app.Id, instance.Id, index, app.Number) : config.AppMacAddr;
        if (mac.ToArray() is not { Length: 6 } bytes || (bytes[0] & 1) == 1)
            errors.Add($"{name}: {mac} is not the hardware address of one interface");
        var (address, wrong) = AddressOf(app, config, instance, numbers);
        if (wrong.Length > 0)
            errors.Add($"{name}: {wrong}");
        if (errors.Count == 0)
            adapter = new(config, instance, NetworkNames.Vif(index, app.Number), mac, address!, acl.Rules);
        return errors;
    }

    static (IPAddress? Address, string Error) AddressOf(AppNetwork app, AppNetAdapterConfig config, Instance instance, Numbers numbers)
    {
        var number = numbers.Interface(instance.Id, app.Id, config.IfIdx);
        if (config.AppIPAddr.Length == 0)
            return number is { } n ? (Addressing.AppAddress(instance, n), "")
                : (null, $"all addresses {instance.First}-{instance.Last} of {NetworkInstances.Named(instance.Config)} are taken: make its DHCP range larger");
        if (!IPAddress.TryParse(config.AppIPAddr, out var address) || address.AddressFamily != AddressFamily.InterNetwork || !instance.Subnet.Contains(address)
            || address.Equals(instance.Gateway) || address.Equals(instance.Subnet.BaseAddress))
            return (null, $"the address '{NetworkInstances.Shown(config.AppIPAddr)}' is not a free one of the subnet {instance.Subnet}");
        if (Addressing.Distance(instance.First, address) >= 0 && Addressing.Distance(address, instance.Last) >= 0)
            return (null, $"the address {address} lies in the DHCP range {instance.First}-{instance.Last}: choose one outside of it");
        return (address, "");
    }

    static IEnumerable<string> Clashes(AppNetwork app, List<AppNetwork> others)
    {
        var seen = new List<(AppNetwork App, Adapter Adapter, AclRule? Map)>();
        foreach (var other in others)
            Note(other);
        foreach (var adapter in app.Adapters)
        {
            foreach (var (owner, theirs, _) in seen.Where(s => s.Map is null && s.Adapter.Instance.Id == adapter.Instance.Id))
            {
                if (theirs.Address.Equals(adapter.Address) || theirs.Mac == adapter.Mac)
                    yield return $"{Named(app.Config)}: its address {adapter.Address} ({adapter.Mac}) is that of {Named(owner.Config)}: change one of them";
            }
            seen.Add((app, adapter, null));
            foreach (var map in adapter.Rules.Where(r => r.Verdict == Verdict.PortMap))
            {
                foreach (var (owner, _, theirs) in seen.Where(s => s.Map is not null && Clash(adapter, map, s.Adapter, s.Map)))
                    yield return $"{Named(app.Config)}: its port map {map.Protocol} {map.LocalPort!.Value.First} is taken by that of {(owner.Id == app.Id ? "itself" : Named(owner.Config))}: choose another lport";
                seen.Add((app, adapter, map));
            }
        }

        void Note(AppNetwork other)
        {
            foreach (var adapter in other.Adapters)
            {
                seen.Add((other, adapter, null));
                seen.AddRange(adapter.Rules.Where(r => r.Verdict == Verdict.PortMap).Select(m => (other, adapter, (AclRule?)m)));
            }
        }
    }

    // Also without a port at present: it may come back.
    static bool Clash(Adapter mine, AclRule map, Adapter theirs, AclRule other) =>
        map.Protocol == other.Protocol && map.LocalPort == other.LocalPort
        && ((mine.Instance.Config.PortLabel == theirs.Instance.Config.PortLabel && (map.Adapter == other.Adapter || map.Adapter.Length == 0 || other.Adapter.Length == 0))
            || Outside(mine.Instance, map).Select(p => p.IfName).Intersect(Outside(theirs.Instance, other).Select(p => p.IfName)).Any());

    /// <summary>The ports at which a port map answers.</summary>
    public static IEnumerable<NetworkPortStatus> Outside(Instance instance, AclRule map) =>
        instance.Ports.Where(p => map.Adapter.Length == 0 || NetworkInstances.HasLabel(p, map.Adapter));

    public static string Named(AppNetworkConfig config) => $"App '{NetworkInstances.Shown(config.DisplayName)}' ({config.UUIDandVersion.UUID})";
}
