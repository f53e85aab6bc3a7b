namespace Eve.Topics;

public sealed record VifInfo(
    string Bridge = "",
    string Vif = "",
    MacAddress Mac = default,
    ushort MTU = 0,
    PodVIF? PodVif = null,
    uint VifOrder = 0,
    string VifUsed = "")
{
    public PodVIF PodVif { get; init; } = PodVif ?? new();

    public VifConfig ToVifConfig() => new(Bridge, Vif, Mac, MTU, PodVif, VifOrder);

    public VifInfo With(VifConfig part) => this with
    {
        Bridge = part.Bridge, Vif = part.Vif, Mac = part.Mac, MTU = part.MTU, PodVif = part.PodVif, VifOrder = part.VifOrder,
    };
}
