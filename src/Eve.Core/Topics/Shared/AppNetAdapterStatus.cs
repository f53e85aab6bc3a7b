namespace Eve.Topics;

public sealed record AppNetAdapterStatus(
    string Name = "",
    MacAddress AppMacAddr = default,
    string AppIPAddr = "",
    uint IntfOrder = 0,
    string Error = "",
    Guid Network = default,
    ValueList<ACE> ACLs = default,
    uint AccessVlanID = 0,
    uint IfIdx = 0,
    bool AllowToDiscover = false,
    string Bridge = "",
    string Vif = "",
    MacAddress Mac = default,
    ushort MTU = 0,
    PodVIF? PodVif = null,
    uint VifOrder = 0,
    string VifUsed = "",
    MacAddress BridgeMac = default,
    string BridgeIPAddr = "",
    AssignedAddrs? AssignedAddresses = null,
    bool IPv4Assigned = false,
    bool IPAddrMisMatch = false,
    string HostName = "")
{
    public PodVIF PodVif { get; init; } = PodVif ?? new();
    public AssignedAddrs AssignedAddresses { get; init; } = AssignedAddresses ?? new();

    public AppNetAdapterConfig ToAppNetAdapterConfig() => new(
        Name, AppMacAddr, AppIPAddr, IntfOrder, Error, Network, ACLs, AccessVlanID, IfIdx, AllowToDiscover);

    public AppNetAdapterStatus With(AppNetAdapterConfig part) => this with
    {
        Name = part.Name, AppMacAddr = part.AppMacAddr, AppIPAddr = part.AppIPAddr, IntfOrder = part.IntfOrder, Error = part.Error,
        Network = part.Network, ACLs = part.ACLs, AccessVlanID = part.AccessVlanID, IfIdx = part.IfIdx, AllowToDiscover = part.AllowToDiscover,
    };

    public VifInfo ToVifInfo() => new(Bridge, Vif, Mac, MTU, PodVif, VifOrder, VifUsed);

    public AppNetAdapterStatus With(VifInfo part) => this with
    {
        Bridge = part.Bridge, Vif = part.Vif, Mac = part.Mac, MTU = part.MTU, PodVif = part.PodVif, VifOrder = part.VifOrder,
        VifUsed = part.VifUsed,
    };

    public VifConfig ToVifConfig() => new(Bridge, Vif, Mac, MTU, PodVif, VifOrder);

    public AppNetAdapterStatus With(VifConfig part) => this with
    {
        Bridge = part.Bridge, Vif = part.Vif, Mac = part.Mac, MTU = part.MTU, PodVif = part.PodVif, VifOrder = part.VifOrder,
    };
}
