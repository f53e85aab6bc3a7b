using System.Globalization;
using System.Text.RegularExpressions;

namespace Eve.Agents.Zedrouter;

/// <summary>How links, tables and marks are named and numbered (applications.md 7.2, networking.md).</summary>
internal static partial class NetworkNames
{
    public const uint LinkGroup = 70;
    public const uint RouteProtocol = 70;
    public const uint FromBridge = 10_000;      // rule priorities; that from a port's address (nim) is 15000
    public const uint ToSubnet = 11_000;
    public const int HighestNumber = 255;
    public const string InstanceAlias = "eve:ni:";
    public const string VifAlias = "eve:vif:";

    const uint FirstTable = 800;
    const uint UserRule = 1u << 22;

    public static string Bridge(int number) => string.Create(CultureInfo.InvariantCulture, $"bn{number}");

    public static string Vif(int vif, int app) => string.Create(CultureInfo.InvariantCulture, $"nbu{vif}x{app}");

    public static uint Table(int bridge) => FirstTable + (uint)bridge;

    /// <summary>The number of the bridge that a name belongs to; 0 if it is none of ours.</summary>
    public static int BridgeNumber(string name) => BridgeName().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    /// <summary>The bridge whose table this is; empty if it is none of ours.</summary>
    public static string BridgeOfTable(uint table) => table is > FirstTable and <= FirstTable + HighestNumber ? Bridge((int)(table - FirstTable)) : "";

    /// <summary>The numbers in a VIF's name; zeros if it is none of ours.</summary>
    public static (int Vif, int App) VifNumbers(string name) => VifName().Match(name) is { Success: true } match
        ? (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : (0, 0);

    /// <summary>The packet mark of what a VIF sends.</summary>
    public static uint PacketMark(string vif) => VifNumbers(vif) is var (v, a) ? ((uint)a << 24) | ((uint)v << 16) : 0;

    /// <summary>The connection mark of what an access control entry lets pass.</summary>
    public static uint FlowMark(string vif, int ace) => ((uint)VifNumbers(vif).App << 24) | UserRule | (uint)ace;

    [GeneratedRegex("^bn([1-9][0-9]{0,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex BridgeName();

    [GeneratedRegex("^nbu([1-9][0-9]{0,2})x([1-9][0-9]{0,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex VifName();
}
