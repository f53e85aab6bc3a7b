using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>All that the device's own report is made of. What is missing leaves its part of the report out.</summary>
internal sealed record DeviceInputs(MachineFacts Machine)
{
    public HostMemory? Memory { get; init; }
    public NodeAgentStatus? Node { get; init; }
    public ZedAgentStatus? Status { get; init; }
    public ConfigReceipt? Receipt { get; init; }
    public ConfigVerdict? Verdict { get; init; }
    public DevicePortConfigList? PortConfigs { get; init; }
    public DeviceNetworkStatus? Network { get; init; }
    public AssignableAdapters? Adapters { get; init; }
    public Capabilities? Capabilities { get; init; }
    public BaseOSMgrStatus? Updates { get; init; }
    public ValueList<VaultStatus> Vaults { get; init; }
    public ValueList<AppInstanceStatus> Apps { get; init; }
    public ValueList<DiskMetric> Disks { get; init; }
    public ValueList<ZbootStatus> Partitions { get; init; }
    public ValueList<BaseOsStatus> BaseOses { get; init; }
    public ValueList<ContentTreeStatus> Contents { get; init; }
}

/// <summary>The device as the controller is told of it (reports.md 1, walk-device.md 3).</summary>
internal static class DeviceReport
{
    // A number promises all that is below it too, and "retry update" (1) needs baseosmgr.
    const Wire.APICapability Capability = Wire.APICapability.Unspecified;

    public static Wire.ZInfoMsg Of(DeviceInputs inputs)
    {
        var device = new Wire.ZInfoDevice { ApiCapability = Capability };
        AddMachine(device, inputs.Machine);
        AddStorage(device, inputs);
        AddBoot(device, inputs);
        AddState(device, inputs);
        AddConfig(device, inputs);
        AddVaults(device, inputs.Vaults);
        device.SystemAdapter = SystemAdapter.Of(inputs.PortConfigs, inputs.Network, inputs.Adapters);
        if (inputs.Adapters is { } adapters)
            device.AssignableAdapters.AddRange(Adapters.OfDevice(adapters));
        device.SwList.AddRange(Software.Of(inputs.Partitions, inputs.BaseOses, inputs.Contents, inputs.Node));
        device.AppInstances.AddRange(inputs.Apps.OrderBy(a => a.Key, StringComparer.Ordinal).Select(app => new Wire.ZInfoAppInstance
        {
            Uuid = app.UUIDandVersion.UUID.ToString(), Name = app.DisplayName, DomainName = app.DomainName,
        }));
        return new() { Ztype = Wire.ZInfoTypes.ZiDevice, Dinfo = device };
    }

    static void AddMachine(Wire.ZInfoDevice device, MachineFacts machine)
    {
        (device.MachineArch, device.CpuArch, device.Platform) = (machine.Architecture, machine.Architecture, machine.Architecture);
        device.HostName = machine.HostName;
        device.BootTime = machine.BootTime is { } boot ? Timestamp.FromDateTimeOffset(boot) : null;
        device.PowerCycleCounter = machine.PowerCycles;
        device.HardwareWatchdogPresent = machine.HasWatchdog;
        device.RemoteAccessDisabled = machine.RemoteAccessDisabled;
        device.HSMStatus = !machine.HasTpm ? Wire.HwSecurityModuleStatus.Notfound
            : machine.UsesTpm ? Wire.HwSecurityModuleStatus.Enabled : Wire.HwSecurityModuleStatus.Disabled;
        if (machine.RootCertificateHash.Length > 0)
            device.SecInfo = new() { ShaRootCa = ByteString.CopyFrom(machine.RootCertificateHash.Span) };
        device.Dns = new();
        device.Dns.DNSservers.AddRange(machine.DnsServers);
        device.Dns.DNSsearch.AddRange(machine.DnsSearch);
        if (machine.Maker is not { } maker)
            return;
        device.Minfo = new()
        {
            Manufacturer = maker.Manufacturer, ProductName = maker.Product, Version = maker.Version, UUID = maker.Uuid, SerialNumber = maker.Serial,
            Compatible = maker.Compatible, BiosVendor = maker.BiosVendor, BiosVersion = maker.BiosVersion, BiosReleaseDate = maker.BiosDate,
        };
    }

    static void AddStorage(Wire.ZInfoDevice device, DeviceInputs inputs)
    {
        device.Ncpu = inputs.Memory?.Ncpus ?? 0;
        device.Memory = inputs.Memory?.TotalMemoryMB ?? 0;
        foreach (var disk in inputs.Disks.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            var storage = Disks.Of(disk);
            device.StorageList.Add(storage);
            device.Storage += storage.StorageLocation ? storage.Total : 0;
        }
    }

    static void AddBoot(Wire.ZInfoDevice device, DeviceInputs inputs)
    {
        device.RebootConfigCounter = inputs.Receipt?.RebootCounter ?? 0;
        device.ShutdownConfigCounter = inputs.Receipt?.ShutdownCounter ?? 0;
        device.BaseosUpdateCounter = inputs.Updates?.CurrentRetryUpdateCounter ?? 0;
        device.RebootInprogress = inputs.Status is { RebootCmd: true } || inputs.Node is { DeviceReboot: true };
        if (inputs.Node is not { } node)
            return;
        device.LastRebootReason = node.RebootReason;
        device.LastBootReason = (Wire.BootReason)node.BootReason;
        device.LastRebootStack = node.RebootStack;
        device.LastRebootTime = Units.Time(node.RebootTime);
        device.RestartCounter = node.RestartCounter;
    }

    static void AddState(Wire.ZInfoDevice device, DeviceInputs inputs)
    {
        if (inputs.Capabilities is { } capabilities)
            device.Capabilities = new() { HWAssistedVirtualization = capabilities.HWAssistedVirtualization, IOVirtualization = capabilities.IOVirtualization };
        var status = inputs.Status ?? new();
        device.State = inputs.Status is null ? Wire.ZDeviceState.Booting : (Wire.ZDeviceState)status.DeviceState;
        device.MaintenanceMode = status.MaintenanceMode;
        device.MaintenanceModeReasons.AddRange(status.MaintenanceModeReasons.Select(r => (Wire.MaintenanceModeReason)r));
#pragma warning disable CS0612 // Controllers that know one reason only still read it.
        device.MaintenanceModeReason = device.MaintenanceModeReasons.FirstOrDefault();
#pragma warning restore CS0612
        device.LocalProfile = status.CurrentProfile;
    }

    static void AddConfig(Wire.ZInfoDevice device, DeviceInputs inputs)
    {
        if (inputs.Receipt?.Names is { } names)
        {
            (device.DeviceName, device.EnterpriseName, device.EnterpriseId) = (names.DeviceName, names.EnterpriseName, names.EnterpriseID);
            (device.ProjectName, device.ProjectId) = (names.ProjectName, names.ProjectID == Guid.Empty ? "" : names.ProjectID.ToString());
        }
        if (inputs.Verdict is not { } verdict)
            return;
        device.ConfigItemStatus = new();
        foreach (var item in verdict.Items)
        {
            var items = item.Known ? device.ConfigItemStatus.ConfigItems : device.ConfigItemStatus.UnknownConfigItems;
            items[item.Key] = new() { Value = item.Value, Error = item.Error };
        }
        foreach (var (name, error) in ConfigFaults.OfDevice(verdict.Faults, inputs.Receipt?.Refused ?? ""))
            device.ConfigItemStatus.UnknownConfigItems[name] = new() { Error = error };
    }

    static void AddVaults(Wire.ZInfoDevice device, ValueList<VaultStatus> vaults)
    {
        if (vaults.Count == 0)
            return;
        device.DataSecAtRestInfo = new() { Status = (Wire.DataSecAtRestStatus)vaults[0].Status, Info = vaults[0].Error };
        device.DataSecAtRestInfo.VaultList.AddRange(vaults.Select(vault => new Wire.VaultInfo
        {
            Name = vault.Name,
            Status = (Wire.DataSecAtRestStatus)vault.Status,
            PcrStatus = (Wire.PCRStatus)vault.PCRStatus,
            VaultErr = Errors.Of(vault),
        }));
    }
}
