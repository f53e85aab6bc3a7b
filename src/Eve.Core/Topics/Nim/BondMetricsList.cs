using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record BondMetricsList(ValueList<BondMetrics> Bonds = default) : ITopic<BondMetricsList>
{
    public string Key => "global";
    public static JsonTypeInfo<BondMetricsList> Json => EveJson.BondMetricsList;
}

public sealed record BondMetrics(string LogicalLabel = "", ValueList<BondMemberMetrics> Members = default);

public sealed record BondMemberMetrics(
    string LogicalLabel = "",
    string IfName = "",
    ulong LinkFailureCount = 0,
    BondMemberLACPMetrics? LACP = null);

public sealed record BondMemberLACPMetrics(ulong ActorChurnedCount = 0, ulong PartnerChurnedCount = 0);
