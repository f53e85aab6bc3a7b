namespace Eve.Topics;

public enum NetworkType : byte
{
    Noop = 0,
    Ipv4 = 4,
    Ipv6 = 6,
    Ipv4Only = 5,
    Ipv6Only = 7,
    DualStack = 8,
}
