using System.Buffers.Text;
using System.Text;
using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>apps.</summary>
internal static class Apps
{
    const string Section = "apps";

    public static ValueList<AppInstanceConfig> Parse(Wire.EdgeDevConfig config, AppSurroundings around, ParseInputs inputs, Faults faults) =>
        faults.Unique(Section, config.Apps.Select(app => ToTopic(app, around, inputs, faults)).OfType<AppInstanceConfig>(), a => a.DisplayName);

    static AppInstanceConfig? ToTopic(Wire.AppInstanceConfig wire, AppSurroundings around, ParseInputs inputs, Faults faults)
    {
        var name = Fields.Shown(wire.Displayname);
        if (!Fields.TryId(wire.Uuidandversion?.Uuid ?? "", out var id))
        {
            faults.Add(Section, "", name, $"app '{name}' has the id '{Fields.Shown(wire.Uuidandversion?.Uuid ?? "")}', which is no UUID; correct it");
            return null;
        }
        var errors = new List<string>();
        var app = Plain(wire, id, inputs) with
        {
            VolumeRefConfigList = [.. wire.VolumeRefList.Select(r => AppReferences.Volume(r, id, around, errors))],
            AppNetAdapterList = AppInterfaces.Parse(wire, around.NetworkInstances, errors),
            IoAdapterList = AppReferences.Adapters(wire, around.Ios, errors),
        };
        app = WithBootOrder(app, wire.Fixedresources, around.BootOrderItem);
        CheckFields(wire, errors);
        AppInterfaces.CheckOrder(app, wire, errors);
        var cipherErrors = new List<string>();
        app = app.With(Ciphers.ToStatus(id.ToString(), wire.CipherData, around.Contexts, cipherErrors)).With(Fields.Error(cipherErrors, inputs.Now));
        errors.AddRange(cipherErrors);
        faults.Add(Section, app.Key, name, errors);
        return app with { Errors = [.. errors] };
    }

    static AppInstanceConfig Plain(Wire.AppInstanceConfig wire, Guid id, ParseInputs inputs) => new(
        new(id, wire.Uuidandversion.Version),
        wire.Displayname,
        FixedResources: wire.Fixedresources is { } vm ? Resources(vm) : new(),
        DisableLogs: wire.Fixedresources?.DisableLogs ?? false,
        Activate: wire.Activate,
        RestartCmd: new(wire.Restart?.Counter ?? 0, wire.Restart?.OpsTime ?? ""),
        PurgeCmd: new(wire.Purge?.Counter ?? 0, wire.Purge?.OpsTime ?? ""),
        CloudInitUserData: wire.UserData.Length > 0 ? wire.UserData : null,
        RemoteConsole: wire.RemoteConsole,
        CollectStatsIPAddr: Fields.TryAddress(wire.CollectStatsIPAddr, out var address) ? address.ToString() : "",
        MetaDataType: (MetaDataType)wire.MetaDataType,
        ProfileList: [.. wire.ProfileList],
        Delay: TimeSpan.FromSeconds(wire.StartDelayInSeconds),
        Service: wire.Service,
        CloudInitVersion: wire.CloudInitVersion,
        Snapshot: new(
            wire.Snapshot?.ActiveSnapshot ?? "",
            wire.Snapshot?.MaxSnapshots ?? 0,
            new(wire.Snapshot?.RollbackCmd?.Counter ?? 0, wire.Snapshot?.RollbackCmd?.OpsTime ?? ""),
            [.. (wire.Snapshot?.Snapshots ?? []).Select(s => new SnapshotDesc(s.Id, (SnapshotType)s.Type))]),
        IsDesignatedNodeID: wire.DesignatedNodeId.Length == 0 || (Guid.TryParse(wire.DesignatedNodeId, out var node) && node == inputs.DeviceId),
        AffinityType: wire.Affinity == Wire.AffinityType.Required ? Affinity.RequiredDuringScheduling : Affinity.PreferredDuringScheduling,
        DeploymentType: wire.RuntimeType == Wire.AppRuntimeType.Docker ? AppRuntimeType.Docker : AppRuntimeType.Unspecified);

    static VmConfig Resources(Wire.VmConfig vm) => new(
        vm.Kernel, vm.Ramdisk,
        (int)Math.Min(vm.Memory, int.MaxValue), (int)Math.Min(vm.Maxmem, int.MaxValue),
        (int)Math.Min(vm.Vcpus, int.MaxValue), (int)Math.Min(vm.Maxcpus, int.MaxValue),
        vm.Rootdev,
        BootLoader: vm.Bootloader,
        VirtualizationMode: (VmMode)vm.VirtualizationMode,
        EnableVnc: vm.EnableVnc,
        VncDisplay: vm.VncDisplay,
        VncPasswd: vm.VncPasswd,
        CPUsPinned: vm.PinCpu,
        VMMMaxMem: (int)Math.Min(vm.VmmMaxmem, int.MaxValue),
        EnableVncShimVM: vm.EnableVncShimVm,
        EnforceNetworkInterfaceOrder: vm.EnforceNetworkInterfaceOrder,
        EnableOemWinLicenseKey: vm.EnableOemWinLicenseKey,
        DisableVirtualTPM: vm.DisableVtpm);

    // The controller's word for the app goes before the device's item.
    static AppInstanceConfig WithBootOrder(AppInstanceConfig app, Wire.VmConfig? vm, string item)
    {
        var asked = (BootOrder)(vm?.BootOrder ?? default);
        var (order, source) = (asked, item) switch
        {
            (not BootOrder.Unspecified, _) => (asked, BootOrderSource.Controller),
            (_, "usb") => (BootOrder.Usb, BootOrderSource.DeviceProperty),
            (_, "nousb") => (BootOrder.NoUsb, BootOrderSource.DeviceProperty),
            _ => (BootOrder.Unspecified, BootOrderSource.Unspecified),
        };
        return app with { ControllerBootOrder = asked, BootOrderSource = source, FixedResources = app.FixedResources with { BootOrder = order } };
    }

    static void CheckFields(Wire.AppInstanceConfig wire, List<string> errors)
    {
        if (Fields.NameFault("app name", wire.Displayname) is { } name)
            errors.Add(name);
        if (wire.UserData.Length > 0 && !Base64.IsValid(Encoding.UTF8.GetBytes(wire.UserData)))
            errors.Add("userData is not base64; encode the cloud-init text as base64");
        if (Fields.NumberFault("metaDataType", wire.MetaDataType) is { } metaData)
            errors.Add(metaData);
        if (wire.Fixedresources is not { } vm)
        {
            errors.Add("fixedresources is missing; say how much memory and how many vcpus the app gets");
            return;
        }
        if (Fields.NumberFault("virtualizationMode", vm.VirtualizationMode) is { } mode)
            errors.Add(mode);
        if (Fields.NumberFault("boot_order", vm.BootOrder) is { } boot)
            errors.Add(boot);
        if (wire.Service && vm.VirtualizationMode != Wire.VmMode.Nohyper)
            errors.Add($"a service needs virtualizationMode NOHYPER (4), not {vm.VirtualizationMode:D}; change one of them");
        if (vm is { EnableVncShimVm: true, EnableVnc: false })
            errors.Add("enable_vnc_shim_vm needs enable_vnc; set both or none");
    }
}

/// <summary>What apps may refer to, as the same configuration has it.</summary>
internal sealed record AppSurroundings(
    ValueList<VolumeConfig> Volumes,
    ValueList<ContentTreeConfig> Contents,
    ValueList<NetworkInstanceConfig> NetworkInstances,
    ValueList<PhysicalIOAdapter> Ios,
    ValueList<CipherContext> Contexts,
    string BootOrderItem);
