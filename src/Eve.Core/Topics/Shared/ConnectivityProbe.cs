namespace Eve.Topics;

public sealed record ConnectivityProbe(ConnectivityProbeMethod Method = default, string ProbeHost = "", ushort ProbePort = 0);

public enum ConnectivityProbeMethod : byte
{
    None = 0,
    Icmp = 1,
    Tcp = 2,
}
