using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record IPFlow(
    FlowScope? Scope = null,
    ValueList<FlowRec> Flows = default,
    ValueList<DNSReq> DNSReqs = default) : ITopic<IPFlow>
{
    public FlowScope Scope { get; init; } = Scope ?? new();

    public string Key => $"{Scope.AppUUID}-{Scope.NetAdapterName}-{Scope.BrIfName}-{Scope.NetUUID}-{Scope.Sequence}";
    public static JsonTypeInfo<IPFlow> Json => EveJson.IPFlow;
}

public sealed record FlowScope(
    Guid AppUUID = default,
    string NetAdapterName = "",
    string BrIfName = "",
    Guid NetUUID = default,
    string Sequence = "");

public sealed record FlowRec(
    IPTuple? Flow = null,
    bool Inbound = false,
    int ACLID = 0,
    ACLActionType Action = default,
    long StartTime = 0,
    long StopTime = 0,
    long TxBytes = 0,
    long TxPkts = 0,
    long RxBytes = 0,
    long RxPkts = 0)
{
    public IPTuple Flow { get; init; } = Flow ?? new();
}

public sealed record DNSReq(string HostName = "", ValueList<string> Addrs = default, long RequestTime = 0, int ACLNum = 0);

public sealed record IPTuple(string Src = "", string Dst = "", int SrcPort = 0, int DstPort = 0, int Proto = 0);

public enum ACLActionType : byte
{
    None = 0,
    Accept = 1,
    Drop = 2,
}
