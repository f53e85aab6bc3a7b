using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record PhysicalIOAdapterList(
    bool Initialized = false,
    ValueList<PhysicalIOAdapter> AdapterList = default) : ITopic<PhysicalIOAdapterList>
{
    public string Key => "zedagent";
    public static JsonTypeInfo<PhysicalIOAdapterList> Json => EveJson.PhysicalIOAdapterList;
}

public sealed record PhysicalIOAdapter(
    PhyIoType Ptype = default,
    string Phylabel = "",
    PhysicalAddress? Phyaddr = null,
    string Logicallabel = "",
    string Assigngrp = "",
    string Parentassigngrp = "",
    PhyIoMemberUsage Usage = default,
    PhyIOUsagePolicy? UsagePolicy = null,
    VFList? Vfs = null,
    ValueMap<string, string> Cbattr = default)
{
    public PhysicalAddress Phyaddr { get; init; } = Phyaddr ?? new();
    public PhyIOUsagePolicy UsagePolicy { get; init; } = UsagePolicy ?? new();
    public VFList Vfs { get; init; } = Vfs ?? new();
}

public sealed record PhysicalAddress(
    string PciLong = "",
    string Ifname = "",
    string Serial = "",
    string Irq = "",
    string Ioports = "",
    string UsbAddr = "",
    string UsbProduct = "",
    string UnknownType = "");

public sealed record PhyIOUsagePolicy(bool FreeUplink = false);

public enum PhyIoType
{
    Noop = 0,
    NetEth = 1,
    Usb = 2,
    Com = 3,
    Audio = 4,
    NetWlan = 5,
    NetWwan = 6,
    Hdmi = 7,
    NvmeStorage = 9,
    SataStorage = 10,
    NetEthPf = 11,
    NetEthVf = 12,
    UsbController = 13,
    UsbDevice = 14,
    Can = 15,
    Vcan = 16,
    Lcan = 17,
    Other = 255,
}
