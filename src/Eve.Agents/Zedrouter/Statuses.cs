using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>What a turn has come to, as far as statuses tell of it.</summary>
/// <param name="Intended">What was to be, by id.</param>
/// <param name="Actual">What is, by id.</param>
/// <param name="Failed">What could not be done, and why.</param>
internal sealed record Outcome(
    IReadOnlyDictionary<string, NetworkItem> Intended, IReadOnlyDictionary<string, Item> Actual, IReadOnlyDictionary<string, string> Failed, IReadOnlyList<Lease> Leases)
{
    public bool Has(string id) => Actual.ContainsKey(id);

    /// <summary>All that belongs to a VIF is as it should be.</summary>
    public bool IsUp(string vif) => new[] { "vif/" + vif, "nft/" + vif }.All(id => Actual.TryGetValue(id, out var item) && item.Equals(Intended.GetValueOrDefault(id)));

    public string Failures(Func<NetworkItem, bool> which) => string.Join('\n', Failed.Where(f => Find(f.Key) is { } item && which(item)).Select(f => $"{f.Key}: {f.Value}"));

    NetworkItem? Find(string id) => Intended.GetValueOrDefault(id) ?? Actual.GetValueOrDefault(id) as NetworkItem;
}

/// <summary>The statuses of network instances and of apps' networks (walk-app.md 15 and 17): pure.</summary>
internal static class Statuses
{
    public static NetworkInstanceStatus Of(
        Instance instance, Guid device, IReadOnlyList<AppNetwork> apps, Outcome outcome, NetworkInstanceStatus? former, DateTimeOffset now)
    {
        var up = instance.Number > 0 && outcome.Has("bridge/" + instance.Bridge) && outcome.Has("address/" + instance.Bridge);
        var failures = outcome.Failures(i => i.OfBridge == instance.Bridge && i.OfVif.Length == 0);
        var status = Bare(instance.Config, former) with
        {
            Activated = up && (instance.Eligible || instance.Waits || instance.Broken.Length > 0),
            Activate = instance.Config.Activate ? 1ul : 0,
            MTU = (ushort)instance.Mtu,
            ValidationErr = Timed(instance.Invalid, former?.ValidationErr, now),
            AllocationErr = Timed(instance.NoNumber, former?.AllocationErr, now),
            IPConflictErr = Timed(instance.Conflict, former?.IPConflictErr, now),
            PortErr = Timed(instance.NoPort, former?.PortErr, now),
            MTUConflictErr = Timed(instance.MtuConflict, former?.MTUConflictErr, now),
            ReconcileErr = Timed(failures, former?.ReconcileErr, now),
            Ports = [.. instance.Ports.Select(p => p.Logicallabel)],
            CombinedNTPServers = [.. Dnsmasq.NtpServers(instance).Select(a => a.ToString())],
            IntendedRoutes = [.. instance.Config.StaticRoutes.Select(r => NotBuilt(r, former, now))],
            CurrentRoutes = [.. Routes(instance, outcome)],
        };
        if (instance.Number > 0)
            status = WithBridge(status, instance, device, apps);
        return status.With(Joined([status.ValidationErr, status.AllocationErr, status.IPConflictErr, status.PortErr, status.MTUConflictErr, status.ReconcileErr], former, now));
    }

    static IPRouteStatus NotBuilt(IPRouteConfig route, NetworkInstanceStatus? former, DateTimeOffset now)
    {
        var text = $"The static route to {route.DstNetwork} is not built yet: only the default route by the cheapest port is";
        return new IPRouteStatus(route.DstNetwork, route.Gateway, route.OutputPortLabel, route.PortProbe, route.PreferLowerCost, route.PreferStrongerWwanSignal).With(
            Timed(text, former?.IntendedRoutes.FirstOrDefault(r => r.Error == text)?.ToErrorDescription(), now));
    }

    /// <summary>A network instance that has only begun to be made, or that nothing is made of.</summary>
    public static NetworkInstanceStatus Bare(NetworkInstanceConfig config, NetworkInstanceStatus? former) =>
        (former ?? new()).With(config) with { ChangeInProgress = ChangeInProgressType.None };

    static NetworkInstanceStatus WithBridge(NetworkInstanceStatus status, Instance instance, Guid device, IReadOnlyList<AppNetwork> apps)
    {
        var adapters = (from app in apps from adapter in app.Adapters where adapter.Instance.Id == instance.Id select (app, adapter)).ToList();
        var mac = Addressing.BridgeMac(device, instance.Number);
        return status with
        {
            BridgeNum = instance.Number,
            BridgeName = instance.Bridge,
            BridgeMac = mac,
            BridgeIPAddr = instance.Invalid.Length == 0 ? instance.Gateway.ToString() : status.BridgeIPAddr,
            Vifs = [.. adapters.Select(a => new VifNameMac(a.adapter.Vif, a.adapter.Mac, a.app.Id))],
            IPAssignments = instance.Invalid.Length > 0 ? status.IPAssignments : new ValueMap<string, AssignedAddrs>(
            [
                KeyValuePair.Create(mac.ToString(), Assigned(instance.Gateway.ToString(), AddressSource.EveInternal)),
                .. adapters.Select(a => KeyValuePair.Create(a.adapter.Mac.ToString(), Assigned(a.adapter.Address.ToString(), AddressSource.InternalDhcp))),
            ]),
        };
    }

    static IEnumerable<IPRouteInfo> Routes(Instance instance, Outcome outcome) =>
        from route in outcome.Actual.Values.OfType<NetworkRoute>()
        where instance.Number > 0 && route.Bridge == instance.Bridge && !route.Unreachable && route.Link != instance.Bridge
        orderby route.Id
        select new IPRouteInfo(
            AddressType.Ipv4, IpNet.Of(route.Destination), route.Gateway?.ToString() ?? "", instance.Ports.FirstOrDefault(p => p.IfName == route.Link)?.Logicallabel ?? "");

    /// <summary>The status while a change is under way; null if there is nothing to say.</summary>
    public static AppNetworkStatus? Pending(AppNetwork app, AppNetworkStatus? former)
    {
        if (former is null)
            return Bare(app, null) with { PendingAdd = true };
        if (app.Adapters.Count == 0)
            return null;
        if (!former.Activated)
            return former with { PendingAdd = true };
        return former.AppNetAdapterList.Select(a => a.ToAppNetAdapterConfig()).SequenceEqual(app.Adapters.Select(a => a.Config)) ? null : former with { PendingModify = true };
    }

    public static AppNetworkStatus Of(AppNetwork app, int generator, Guid device, Outcome outcome, AppNetworkStatus? former, DateTimeOffset now)
    {
        var status = Bare(app, former) with { MACGenerator = generator, AppNum = app.Number };
        var failures = outcome.Failures(i => app.Adapters.Any(a => a.Vif == i.OfVif));
        var error = string.Join('\n', new[] { app.Error, failures }.Where(t => t.Length > 0));
        if (app.Adapters.Count > 0 || (app.Config.AppNetAdapterList.Count == 0 && app is { Awaits: false, Error: "" }))
        {
            status = status with
            {
                Activated = app.Config.Activate && app.Adapters.All(a => outcome.IsUp(a.Vif)),
                AppNetAdapterList = [.. app.Adapters.Select(a => Of(a, device, app.Id, outcome.Leases))],
            };
        }
        else
        {
            // What runs goes on running; what would begin waits.
            var runs = app.Config.Activate && former is { Activated: true } && former.AppNetAdapterList.All(a => outcome.Has("vif/" + a.Vif));
            status = status with
            {
                Activated = runs,
                AppNetAdapterList = runs ? former!.AppNetAdapterList : [.. app.Config.AppNetAdapterList.Select(a => new AppNetAdapterStatus().With(a))],
            };
        }
        status = status with { AwaitNetworkInstance = app.Awaits && !status.Activated, ConfigInSync = status.Activated && error.Length == 0 };
        return status.With(Timed(error, former?.ToErrorDescription(), now));
    }

    static AppNetworkStatus Bare(AppNetwork app, AppNetworkStatus? former) => (former ?? new()) with
    {
        UUIDandVersion = app.Config.UUIDandVersion,
        DisplayName = app.Config.DisplayName,
        GetStatsIPAddr = app.Config.GetStatsIPAddr,
        DeploymentType = app.Config.DeploymentType,
        PendingAdd = false,
        PendingModify = false,
        PendingDelete = false,
    };

    static AppNetAdapterStatus Of(Adapter adapter, Guid device, Guid app, IReadOnlyList<Lease> leases)
    {
        var leased = leases.Where(l => l.Bridge == adapter.Instance.Bridge && l.Mac == adapter.Mac.ToString()).Select(l => l.Address).ToList();
        return new AppNetAdapterStatus().With(adapter.Config) with
        {
            Bridge = adapter.Instance.Bridge,
            Vif = adapter.Vif,
            Mac = adapter.Mac,
            MTU = (ushort)adapter.Instance.Mtu,
            VifOrder = adapter.Config.IntfOrder,
            BridgeMac = Addressing.BridgeMac(device, adapter.Instance.Number),
            BridgeIPAddr = adapter.Instance.Gateway.ToString(),
            AssignedAddresses = Assigned(adapter.Address.ToString(), AddressSource.InternalDhcp),
            IPv4Assigned = leased.Contains(adapter.Address.ToString()),
            IPAddrMisMatch = leased.Count > 0 && !leased.Contains(adapter.Address.ToString()),
            HostName = app.ToString(),
        };
    }

    static AssignedAddrs Assigned(string address, AddressSource source) => new([new AssignedAddr(address, source)]);

    /// <summary>An error that keeps its time as long as its text is the same.</summary>
    public static ErrorDescription Timed(string text, ErrorDescription? former, DateTimeOffset now) =>
        text.Length == 0 ? ErrorDescription.None : former?.Error == text ? former : new(text, now, ErrorSeverity.Error);

    static ErrorDescription Joined(IReadOnlyList<ErrorDescription> errors, NetworkInstanceStatus? former, DateTimeOffset now) =>
        Timed(string.Join('\n', errors.Select(e => e.Error).Where(e => e.Length > 0)), former?.ToErrorDescription(), now);
}
