namespace Eve.Topics;

public sealed record VifConfig(
    string Bridge = "",
    string Vif = "",
    MacAddress Mac = default,
    ushort MTU = 0,
    PodVIF? PodVif = null,
    uint VifOrder = 0)
{
    public PodVIF PodVif { get; init; } = PodVif ?? new();
}
