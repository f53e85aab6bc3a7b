using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>deviceIoList.</summary>
internal static class PhysicalIos
{
    const string Section = "deviceIoList";
    const int LargestVlan = 4094;

    public static PhysicalIOAdapterList Parse(Wire.EdgeDevConfig config, Faults faults) =>
        new(Initialized: true, [.. config.DeviceIoList.Select(io => ToTopic(io, faults)).OfType<PhysicalIOAdapter>()]);

    /// <summary>Whether packets go through it.</summary>
    public static bool IsNet(this PhysicalIOAdapter io) => io.Ptype is PhyIoType.NetEth or PhyIoType.NetWlan or PhyIoType.NetWwan or PhyIoType.NetEthPf;

    static PhysicalIOAdapter? ToTopic(Wire.PhysicalIO io, Faults faults)
    {
        var name = Fields.Shown(io.Phylabel);
        if (io.Vflist?.Data.FirstOrDefault(vf => vf.VlanId > LargestVlan) is { } bad)
        {
            faults.Add(Section, "", name, $"adapter '{name}' is left out: its virtual function {bad.Index} has VLAN {bad.VlanId}; use 0 to {LargestVlan}");
            return null;
        }
        foreach (var (kind, value) in io.Phyaddrs.Where(pair => IsUnsafe(pair.Value)))
        {
            faults.Add(Section, "", name, $"adapter '{name}' is left out: its {Fields.Shown(kind)} '{Fields.Shown(value)}' has a slash, '..' or a control character; correct it");
            return null;
        }
        if (Fields.NumberFault($"adapter '{name}': type", io.Ptype) is { } type)
            faults.Add(Section, "", name, type);
        if (Fields.NumberFault($"adapter '{name}': usage", io.Usage) is { } usage)
            faults.Add(Section, "", name, usage);
        return new(
            (PhyIoType)io.Ptype,
            io.Phylabel,
            Address(io, faults),
            io.Logicallabel.Length > 0 ? io.Logicallabel : io.Phylabel,
            io.Assigngrp,
            io.Parentassigngrp,
            (PhyIoMemberUsage)io.Usage,
            new(io.UsagePolicy?.FreeUplink ?? false),
            VirtualFunctions(io, faults),
            new(io.Cbattr));
    }

    // These become parts of paths below /sys.
    static bool IsUnsafe(string address) => address.Contains('/') || address.Contains("..", StringComparison.Ordinal) || address.Any(char.IsControl);

    static PhysicalAddress Address(Wire.PhysicalIO io, Faults faults)
    {
        var address = new PhysicalAddress();
        foreach (var (kind, value) in io.Phyaddrs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            address = kind.ToLowerInvariant() switch
            {
                "pcilong" => address with { PciLong = value },
                "ifname" => address with { Ifname = value },
                "serial" => address with { Serial = value },
                "irq" => address with { Irq = value },
                "ioports" => address with { Ioports = value },
                "usbaddr" => address with { UsbAddr = value },
                "usbproduct" => address with { UsbProduct = value },
                _ => Unknown(address, kind, value, io, faults),
            };
        }
        return address;
    }

    static PhysicalAddress Unknown(PhysicalAddress address, string kind, string value, Wire.PhysicalIO io, Faults faults)
    {
        faults.Add(Section, "", Fields.Shown(io.Phylabel), $"adapter '{Fields.Shown(io.Phylabel)}': the kind of address '{Fields.Shown(kind)}' is unknown to this device; use PciLong, Ifname, Serial, Irq, Ioports, UsbAddr or UsbProduct");
        return address with { UnknownType = value };
    }

    // Those that are not listed have their index alone.
    static VFList VirtualFunctions(Wire.PhysicalIO io, Faults faults)
    {
        if (io.Vflist is not { VfCount: > 0 } wire)
            return new();
        var count = (byte)Math.Min(wire.VfCount, byte.MaxValue);
        var all = Enumerable.Range(0, count).Select(index => new EthVF((byte)index)).ToArray();
        foreach (var vf in wire.Data)
        {
            if (vf.Index < count)
                all[vf.Index] = new((byte)vf.Index, Mac: vf.Mac, VlanID: (ushort)vf.VlanId);
            else
                faults.Add(Section, "", Fields.Shown(io.Phylabel), $"adapter '{Fields.Shown(io.Phylabel)}': virtual function {vf.Index} is beyond vf_count {count} and is left out; raise vf_count");
        }
        return new(count, [.. all]);
    }
}
