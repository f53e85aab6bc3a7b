namespace Eve.Topics;

public sealed record AppNetAdapterConfig(
    string Name = "",
    MacAddress AppMacAddr = default,
    string AppIPAddr = "",
    uint IntfOrder = 0,
    string Error = "",
    Guid Network = default,
    ValueList<ACE> ACLs = default,
    uint AccessVlanID = 0,
    uint IfIdx = 0,
    bool AllowToDiscover = false);
