namespace Eve.Topics;

public enum AddressType
{
    None = 0,
    Ipv4 = 1,
    Ipv6 = 2,
    CryptoIpv4 = 3,
    CryptoIpv6 = 4,
    Last = 255,
}
