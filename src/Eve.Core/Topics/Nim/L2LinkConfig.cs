using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record L2LinkConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] L2LinkType L2Type = default,
    VLANConfig? VLAN = null,
    BondConfig? Bond = null)
{
    public VLANConfig VLAN { get; init; } = VLAN ?? new();
    public BondConfig Bond { get; init; } = Bond ?? new();
}
