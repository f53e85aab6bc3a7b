namespace Eve.Topics;

public sealed record IoAdapter(IoType Type = default, string Name = "", EthVF? EthVf = null, uint IntfOrder = 0)
{
    public EthVF EthVf { get; init; } = EthVf ?? new();
}
