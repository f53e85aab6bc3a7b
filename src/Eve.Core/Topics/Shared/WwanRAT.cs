namespace Eve.Topics;

/// <summary>The values of WwanRAT, which EVE writes as text.</summary>
public static class WwanRAT
{
    public const string Unspecified = "";
    public const string Gsm = "gsm";
    public const string Umts = "umts";
    public const string Lte = "lte";
    public const string Nr5G = "5gnr";
}
