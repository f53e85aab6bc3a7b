using Eve.Topics;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>Physical adapters as the controller is told of them (reports.md 1.4).</summary>
internal static class Adapters
{
    /// <summary>All of the device, one for each group that is handed out together.</summary>
    public static IEnumerable<Wire.ZioBundle> OfDevice(AssignableAdapters adapters) =>
        Groups(adapters).Select(group =>
        {
            var used = group.FirstOrDefault(a => a.UsedByUUID != Guid.Empty);
            var bundle = Of(group, group[0].AssignmentGroup, a => a.Logicallabel);
            bundle.Usage = (Common.PhyIoMemberUsage)group[0].Usage;
            bundle.UsedByAppUUID = used?.UsedByUUID.ToString() ?? "";
            bundle.UsedByBaseOS = used is null && group.Any(a => a.KeepInHost);
            bundle.Err = Errors.Of(group);
            return bundle;
        });

    /// <summary>A port of a network instance; null if the device knows no such adapter.</summary>
    public static Wire.ZioBundle? OfPort(AssignableAdapters? adapters, string label, Guid device)
    {
        if (adapters is null || Group(adapters, label) is not { Count: > 0 } group)
            return null;
        var bundle = Of(group, label, a => a.Logicallabel);
        bundle.UsedByAppUUID = device.ToString();
        return bundle;
    }

    /// <summary>An adapter that an app has.</summary>
    public static Wire.ZioBundle OfApp(AssignableAdapters? adapters, IoAdapter adapter, Guid app)
    {
        var bundle = Of(adapters is null ? [] : Group(adapters, adapter.Name), adapter.Name, a => a.Phylabel);
        bundle.Type = (Common.PhyIoType)adapter.Type;
        bundle.UsedByAppUUID = app.ToString();
        return bundle;
    }

    /// <summary>The errors of the adapter under a port; null if there are none.</summary>
    public static IoBundle? UnderPort(AssignableAdapters? adapters, string label) =>
        adapters?.IoBundleList.FirstOrDefault(a => a.Logicallabel == label);

    static Wire.ZioBundle Of(IReadOnlyList<IoBundle> group, string name, Func<IoBundle, string> label)
    {
        var bundle = new Wire.ZioBundle { Name = name, Type = group.Count > 0 ? (Common.PhyIoType)group[0].Type : default };
        bundle.Members.AddRange(group.Select(label));
        bundle.IoAddressList.AddRange(group.Where(a => a.MacAddr.Length > 0).Select(a => new Wire.IoAddresses
        {
            MacAddress = a.MacAddr,
            VfInfo = a.Type == IoType.NetEthVf ? new() { Index = a.VfParams.Index, VlanId = a.VfParams.VlanID } : null,
        }));
        return bundle;
    }

    static IEnumerable<IReadOnlyList<IoBundle>> Groups(AssignableAdapters adapters) =>
        adapters.IoBundleList.GroupBy(a => a.AssignmentGroup.Length > 0 ? a.AssignmentGroup : $"\0{a.Phylabel}").Select(g => g.ToList());

    static List<IoBundle> Group(AssignableAdapters adapters, string name) =>
        adapters.IoBundleList.Where(a => a.AssignmentGroup == name) is var group && group.Any()
            ? [.. group]
            : [.. adapters.IoBundleList.Where(a => a.Logicallabel == name || a.Phylabel == name)];
}
