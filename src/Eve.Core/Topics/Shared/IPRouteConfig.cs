namespace Eve.Topics;

public sealed record IPRouteConfig(
    IpNet? DstNetwork = null,
    string Gateway = "",
    string OutputPortLabel = "",
    NIPortProbe? PortProbe = null,
    bool PreferLowerCost = false,
    bool PreferStrongerWwanSignal = false)
{
    public NIPortProbe PortProbe { get; init; } = PortProbe ?? new();
}
