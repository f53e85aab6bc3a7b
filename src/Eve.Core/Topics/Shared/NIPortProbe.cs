namespace Eve.Topics;

public sealed record NIPortProbe(bool EnabledGwPing = false, byte GwPingMaxCost = 0, ConnectivityProbe? UserDefinedProbe = null)
{
    public ConnectivityProbe UserDefinedProbe { get; init; } = UserDefinedProbe ?? new();
}
