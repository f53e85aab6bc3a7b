namespace Eve.Topics;

/// <summary>The values of WwanIPType, which EVE writes as text.</summary>
public static class WwanIPType
{
    public const string Unspecified = "";
    public const string Ipv4 = "ipv4";
    public const string Ipv4AndIpv6 = "ipv4v6";
    public const string Ipv6 = "ipv6";
}
