namespace Eve.Topics;

public sealed record WwanProbe(bool Disable = false, ConnectivityProbe? UserDefinedProbe = null)
{
    public ConnectivityProbe UserDefinedProbe { get; init; } = UserDefinedProbe ?? new();
}
