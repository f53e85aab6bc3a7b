using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>The volumes and adapters that an app names, judged against the same configuration.</summary>
internal static class AppReferences
{
    const int LargestVlan = 4094;

    public static VolumeRefConfig Volume(Wire.VolumeRef reference, Guid app, AppSurroundings around, List<string> errors)
    {
        var id = Guid.TryParse(reference.Uuid, out var parsed) ? parsed : Guid.Empty;
        var volume = around.Volumes.FirstOrDefault(v => v.VolumeID == id && v.GenerationCounter == reference.GenerationCount);
        var shown = Fields.Shown(reference.Uuid);
        if (volume is null && around.Volumes.FirstOrDefault(v => v.VolumeID == id) is { } other)
            errors.Add($"volume {shown} is asked for in generation {reference.GenerationCount}, but volumes has generation {other.GenerationCounter}; make them equal");
        else if (volume is null)
            errors.Add($"volume '{shown}' is unknown; add it to volumes or correct volumeRefList");
        else if (volume.VolumeContentOriginType == VolumeContentOriginType.Download && !around.Contents.Any(c => c.ContentID == volume.ContentID))
            errors.Add($"volume '{Fields.Shown(volume.DisplayName)}' ({shown}) names the content {volume.ContentID}, which is not in contentInfo; add it or correct downloadContentTreeID");
        if (reference.MountDir.Any(char.IsControl) || reference.MountDir.Split('/').Contains(".."))
            errors.Add($"volume {shown}: mount_dir '{Fields.Shown(reference.MountDir)}' has a control character or a '..' part; correct it");
        return new(id, reference.GenerationCount, AppUUID: app, MountDir: reference.MountDir, VerifyOnly: true);
    }

    public static ValueList<IoAdapter> Adapters(Wire.AppInstanceConfig wire, ValueList<PhysicalIOAdapter> ios, List<string> errors)
    {
        var adapters = new List<IoAdapter>();
        foreach (var adapter in wire.Adapters)
        {
            var type = (IoType)adapter.Type;
            if (!ios.Any(io => io.Phylabel == adapter.Name || io.Logicallabel == adapter.Name || (io.Assigngrp.Length > 0 && io.Assigngrp == adapter.Name)))
                errors.Add($"adapter '{Fields.Shown(adapter.Name)}' is unknown; add it to deviceIoList or correct the name");
            if (adapter.EthVf?.VlanId > LargestVlan)
            {
                errors.Add($"adapter '{Fields.Shown(adapter.Name)}' is left out: VLAN {adapter.EthVf.VlanId} does not exist; use 0 to {LargestVlan}");
                continue;
            }
            var ordered = (wire.Fixedresources?.EnforceNetworkInterfaceOrder ?? false) && IsNet(type);
            adapters.Add(new(type, adapter.Name, VirtualFunction(adapter, type), ordered ? adapter.InterfaceOrder : 0));
        }
        return [.. adapters];
    }

    /// <summary>Whether packets go through it (a virtual function is the app's own matter).</summary>
    public static bool IsNet(IoType type) => type is IoType.NetEth or IoType.NetWlan or IoType.NetWwan or IoType.NetEthPf;

    static EthVF VirtualFunction(Wire.Adapter adapter, IoType type) => type != IoType.NetEthVf || adapter.EthVf is not { } vf ? new() : new(
        Mac: MacAddress.TryParse(vf.Mac, out var mac) ? mac.ToString() : "",
        VlanID: (ushort)vf.VlanId);
}
