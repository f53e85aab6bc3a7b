using System.Globalization;
using System.Text;
using Eve.Topics;

namespace Eve.Agents.Domainmgr;

internal enum GuestArchitecture
{
    X64,
    Arm64,
}

/// <summary>What guests run on.</summary>
internal readonly record struct GuestHost(GuestArchitecture Architecture, bool Kvm)
{
    public string Emulator => Architecture == GuestArchitecture.X64 ? "qemu-system-x86_64" : "qemu-system-aarch64";
}

/// <summary>A guest as libvirt wants it told.</summary>
internal static class LibvirtXml
{
    const int UsualMtu = 1500;

    public static string Of(GuestDefinition definition, GuestHost host)
    {
        var status = definition.Status;
        var vm = status.ToVmConfig();
        var legacy = status.VirtualizationMode == VmMode.Legacy;
        var xml = new StringBuilder();
        xml.Append(CultureInfo.InvariantCulture, $"""
            <domain type='{(host.Kvm ? "kvm" : "qemu")}'>
              <name>{Xml.Escape(status.DomainName)}</name>
              <uuid>{status.UUIDandVersion.UUID}</uuid>
              <metadata>{GuestMark.Write(status)}</metadata>
              <memory unit='MiB'>{VmSizing.MemoryMiB(vm.Memory)}</memory>
              <vcpu>{VmSizing.Processors(vm)}</vcpu>
              <cpu mode='{(host.Kvm ? "host-passthrough" : "maximum")}'><topology sockets='1' cores='{VmSizing.Processors(vm)}' threads='1'/></cpu>
              {Machine(host)}
              <clock offset='utc'/>
              <on_poweroff>destroy</on_poweroff>
              <on_reboot>restart</on_reboot>
              <on_crash>destroy</on_crash>
              <devices>

            """);
        foreach (var disk in status.DiskStatusList)
            xml.AppendLine(Disk(disk, legacy));
        if (definition.Seed is { } seed)
            xml.AppendLine(Seed(seed, legacy, status.DiskStatusList.Count));
        foreach (var vif in Ordered(status))
            xml.AppendLine(Interface(vif, legacy));
        xml.Append(CultureInfo.InvariantCulture, $"""
                <serial type='file'><source path='{Xml.Escape(definition.Console)}' append='on'/><target port='0'/></serial>
                <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
                <memballoon model='none'/>{(host.Architecture == GuestArchitecture.X64 ? "\n    <controller type='usb' model='none'/>\n    <panic model='isa'/>" : "")}
              </devices>
              <seclabel type='none'/>
            </domain>
            """);
        return xml.ToString();
    }

    static string Machine(GuestHost host) => host.Architecture == GuestArchitecture.X64
        ? "<os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>\n  <features><acpi/><apic/></features>"
        : "<os firmware='efi'><type arch='aarch64' machine='virt'>hvm</type><boot dev='hd'/></os>\n  <features><acpi/><gic/></features>";

    // The empty backing store keeps the emulator from following what an image's header says about other files.
    static string Disk(DiskStatus disk, bool legacy) => $"""
            <disk type='file' device='{(disk.Devtype == "cdrom" ? "cdrom" : "disk")}'>
              <driver name='qemu' type='{DiskImage.Driver(disk.Format)}' cache='writeback' discard='unmap'/><source file='{Xml.Escape(disk.FileLocation)}'/><backingStore/>
              <target dev='{Xml.Escape(Target(disk.Vdev, legacy || disk.Devtype == "cdrom"))}' bus='{(legacy || disk.Devtype == "cdrom" ? "sata" : "virtio")}'/>{(disk.ReadOnly ? "<readonly/>" : "")}
            </disk>
        """;

    // On the bus that the guest boots from, so that whatever boots can read it: Debian's cloud kernel, for one, has no SATA. cloud-init goes by the label.
    static string Seed(string path, bool legacy, int disks) => $"""
            <disk type='file' device='{(legacy ? "cdrom" : "disk")}'>
              <driver name='qemu' type='raw'/><source file='{Xml.Escape(path)}'/><backingStore/>
              <target dev='{(legacy ? "sd" + (char)('a' + disks) : "vdz")}' bus='{(legacy ? "sata" : "virtio")}'/><readonly/>
            </disk>
        """;

    // zedrouter makes the tap and puts it on its bridge; the emulator only opens it.
    static string Interface(VifInfo vif, bool legacy) => $"""
            <interface type='ethernet'>
              <mac address='{vif.Mac}'/><target dev='{Xml.Escape(vif.Vif)}' managed='no'/><model type='{(legacy ? "e1000" : "virtio")}'/>{Mtu(vif)}<rom enabled='no'/>
            </interface>
        """;

    static string Mtu(VifInfo vif) => vif.MTU is 0 or UsualMtu ? "" : $"<mtu size='{vif.MTU}'/>";

    static IEnumerable<VifInfo> Ordered(DomainStatus status) =>
        status.EnforceNetworkInterfaceOrder ? status.VifList.OrderBy(v => v.VifOrder) : status.VifList;

    /// <summary>EVE counts disks as xvda, xvdb…; the guest's names follow the bus.</summary>
    static string Target(string vdev, bool sata) => (sata ? "sd" : "vd") + vdev[^1];
}
