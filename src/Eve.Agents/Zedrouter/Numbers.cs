using System.Net;
using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>The numbers that make names, addresses and hardware addresses: given once, kept over restarts and reboots (applications.md 7.2).</summary>
internal sealed record Numbers(
    IReadOnlyCollection<UuidToNum> Objects, IReadOnlyCollection<UUIDPairAndIfIdxToNum> Interfaces, IReadOnlyCollection<AppMACGenerator> Generators)
{
    public const string AppNumber = "appNum";
    public const string BridgeNumber = "bridgeNum";
    public const string InterfaceNumber = "appNumOnUnet";
    public const string MacGenerator = "appMACGenerator";

    public int App(Guid app) => Find(app, AppNumber);

    public int Bridge(Guid instance) => Find(instance, BridgeNumber);

    /// <summary>The interface number; null when none was free.</summary>
    public int? Interface(Guid instance, Guid app, uint index) =>
        Interfaces.FirstOrDefault(n => n.BaseID == instance && n.AppID == app && n.IfIdx == index)?.Number;

    public int Generator(Guid app) => Generators.FirstOrDefault(n => n.UUID == app)?.Number ?? 0;

    int Find(Guid uuid, string type) => Objects.FirstOrDefault(n => n.UUID == uuid && n.NumType == type)?.Number ?? 0;
}

/// <summary>Whose numbers are kept though nobody asks for them now, since it is not certain that they are gone.</summary>
internal sealed record Remembered(Func<Guid, bool> App, Func<Guid, bool> Instance);

/// <summary>Gives numbers away: pure, the lowest free one as a rule.</summary>
internal static class Numbering
{
    /// <summary>Keeps what is in use, frees what is surely not, and gives each newcomer its numbers.</summary>
    public static Numbers Assign(
        Numbers numbers, IReadOnlyList<NetworkInstanceConfig> instances, IReadOnlyList<AppNetworkConfig> apps, Remembered remembered, bool legacyMac, DateTimeOffset now)
    {
        var objects = numbers.Objects.Where(Keep).ToList();
        foreach (var instance in instances.Where(i => i.Type == NetworkInstanceType.Local))
            Add(objects, instance.UUID, Numbers.BridgeNumber, now);
        foreach (var app in apps)
            Add(objects, app.UUIDandVersion.UUID, Numbers.AppNumber, now);

        var generators = numbers.Generators.Where(g => IsWanted(g.UUID) || remembered.App(g.UUID)).ToList();
        foreach (var app in apps.Where(a => generators.All(g => g.UUID != a.UUIDandVersion.UUID)))
            generators.Add(new(app.UUIDandVersion.UUID, legacyMac ? 1 : 2, Numbers.MacGenerator, now, now, true));
        return new(objects, Interfaces(numbers, instances, apps, remembered, now), generators);

        bool IsWanted(Guid app) => apps.Any(a => a.UUIDandVersion.UUID == app);

        bool Keep(UuidToNum number) => number.NumType == Numbers.AppNumber
            ? IsWanted(number.UUID) || remembered.App(number.UUID)
            : instances.Any(i => i.UUID == number.UUID) || remembered.Instance(number.UUID);
    }

    static void Add(List<UuidToNum> numbers, Guid uuid, string type, DateTimeOffset now)
    {
        var taken = numbers.Where(n => n.NumType == type).ToList();
        if (taken.Any(n => n.UUID == uuid))
            return;
        if (Enumerable.Range(1, NetworkNames.HighestNumber).Except(taken.Select(n => n.Number)).FirstOrDefault() is > 0 and var free)
            numbers.Add(new(uuid, free, type, now, now, true));
    }

    static List<UUIDPairAndIfIdxToNum> Interfaces(
        Numbers numbers, IReadOnlyList<NetworkInstanceConfig> instances, IReadOnlyList<AppNetworkConfig> apps, Remembered remembered, DateTimeOffset now)
    {
        var wanted = (from app in apps from adapter in app.AppNetAdapterList select (adapter.Network, App: app.UUIDandVersion.UUID, Adapter: adapter)).ToList();
        var kept = numbers.Interfaces.Where(Keep).ToList();
        foreach (var (network, app, adapter) in wanted)
        {
            if (instances.FirstOrDefault(i => i.UUID == network) is not { } instance || kept.Any(n => n.BaseID == network && n.AppID == app && n.IfIdx == adapter.IfIdx))
                continue;
            // An address given by the configuration leaves the low numbers, those of the DHCP range, to others.
            var all = adapter.AppIPAddr.Length > 0 ? Enumerable.Range(0, NetworkNames.HighestNumber + 1).Reverse() : Enumerable.Range(0, RangeSize(instance));
            var free = all.Except(kept.Where(n => n.BaseID == network).Select(n => n.Number)).Cast<int?>().FirstOrDefault();
            if (free is { } number)
                kept.Add(new(network, app, adapter.IfIdx, number, Numbers.InterfaceNumber, now, now, true));
        }
        return kept;

        // A number beyond a range that has shrunk is given back.
        bool Keep(UUIDPairAndIfIdxToNum number)
        {
            if (!apps.Any(a => a.UUIDandVersion.UUID == number.AppID))
                return remembered.App(number.AppID);
            var adapter = wanted.FirstOrDefault(w => w.App == number.AppID && w.Network == number.BaseID && w.Adapter.IfIdx == number.IfIdx).Adapter;
            return adapter is not null
                && (adapter.AppIPAddr.Length > 0 || instances.FirstOrDefault(i => i.UUID == number.BaseID) is not { } instance || number.Number < RangeSize(instance));
        }
    }

    static int RangeSize(NetworkInstanceConfig instance) =>
        IPAddress.TryParse(instance.DhcpRange.Start, out var first) && IPAddress.TryParse(instance.DhcpRange.End, out var last) && Addressing.Distance(first, last) is >= 0 and var distance
            ? (int)Math.Min(distance, NetworkNames.HighestNumber) + 1
            : NetworkNames.HighestNumber + 1;
}
