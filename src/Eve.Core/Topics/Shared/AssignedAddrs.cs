namespace Eve.Topics;

public sealed record AssignedAddrs(ValueList<AssignedAddr> IPv4Addrs = default, ValueList<AssignedAddr> IPv6Addrs = default);

public sealed record AssignedAddr(string Address = "", AddressSource AssignedBy = default);

public enum AddressSource : byte
{
    Undefined = 0,
    EveInternal = 2,
    InternalDhcp = 4,
    ExternalDhcp = 8,
    Slaac = 16,
    Static = 32,
}
