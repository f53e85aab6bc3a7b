using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Eve.Agents.Zedrouter;

/// <summary>Words of nft's JSON. All that is filled in has been checked or made by us: names, addresses, numbers.</summary>
internal static class NftWords
{
    public const string HostSetForm = """
        "type":"ipv4_addr","flags":["timeout"],"timeout":3600,"size":4096
        """;
    public const string Accept = """{"accept":null}""";
    public const string Drop = """{"drop":null}""";
    public const string Masquerade = """{"masquerade":null}""";
    public const string Translated = """{"match":{"op":"in","left":{"ct":{"key":"status"}},"right":"dnat"}}""";
    public const string Unmarked = """{"match":{"op":"==","left":{"ct":{"key":"mark"}},"right":0}}""";
    public const string Established = """{"match":{"op":"in","left":{"ct":{"key":"state"}},"right":["established","related"]}}""";
    public const string Invalid = """{"match":{"op":"in","left":{"ct":{"key":"state"}},"right":"invalid"}}""";
    public const string IifName = """{"meta":{"key":"iifname"}}""";
    public const string OifName = """{"meta":{"key":"oifname"}}""";
    public const string L4Protocol = """{"meta":{"key":"l4proto"}}""";
    public const string AppOfMark = """{"&":[{"meta":{"key":"mark"}},4294901760]}""";

    /// <summary>A part with everything in one order, so that it compares with what is read back.</summary>
    public static FilterPart Part(
        string name, string bridge, string vif, IEnumerable<FilterObject> objects, IEnumerable<FilterChain> chains, IEnumerable<FilterElement> elements) => new(
        name, bridge, vif,
        [.. objects.OrderBy(o => o.Family, StringComparer.Ordinal).ThenBy(o => o.Kind, StringComparer.Ordinal).ThenBy(o => o.Name, StringComparer.Ordinal)],
        [.. chains.OrderBy(c => c.Family, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal)],
        [.. elements.DistinctBy(e => (e.Family, e.Set, e.Key)).OrderBy(e => e.Family, StringComparer.Ordinal).ThenBy(e => e.Set, StringComparer.Ordinal).ThenBy(e => e.Key, StringComparer.Ordinal)]);

    public static FilterChain Chain(string family, string name, IReadOnlyList<FilterRule> rules, string hook = "")
    {
        var text = hook + "\n" + string.Join('\n', rules.Select(r => $"{r.Expressions} {r.Ace}"));
        return new(family, name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6)), hook, [.. rules]);
    }

    public static string All(params IEnumerable<string> parts) => "[" + string.Join(',', parts) + "]";

    public static string Text(string value) => $"\"{value}\"";

    public static string Concat(params IEnumerable<string> parts) => $$"""{"concat":[{{string.Join(',', parts)}}]}""";

    public static string Field(string protocol, string field) => $$$"""{"payload":{"protocol":"{{{protocol}}}","field":"{{{field}}}"}}""";

    public static string Is(string left, string right) => $$$"""{"match":{"op":"==","left":{{{left}}},"right":{{{right}}}}}""";

    public static string IsNot(string left, string right) => $$$"""{"match":{"op":"!=","left":{{{left}}},"right":{{{right}}}}}""";

    public static string L4(string protocol) => Is(L4Protocol, char.IsAsciiDigit(protocol[0]) ? protocol : Text(protocol));

    public static string Address(string side, IPNetwork network) => Is(
        Field("ip", side),
        network.PrefixLength == 32
            ? Text(network.BaseAddress.ToString())
            : string.Create(CultureInfo.InvariantCulture, $$$"""{"prefix":{"addr":"{{{network.BaseAddress}}}","len":{{{network.PrefixLength}}}}}"""));

    public static string AddressIn(string side, string set) => Is(Field("ip", side), Text("@" + set));

    public static string Port(string protocol, string side, PortRange ports) => Is(
        Field(protocol, side),
        ports.First == ports.Last ? $"{ports.First}" : $$"""{"range":[{{ports.First}},{{ports.Last}}]}""");

    public static string OriginalPort(int port) => Is("""{"ct":{"key":"proto-dst","dir":"original"}}""", $"{port}");

    public static string Count(string counter) => $$"""{"counter":"{{counter}}"}""";

    public static string SetFlowMark(uint mark) => $$$"""{"mangle":{"key":{"ct":{"key":"mark"}},"value":{{{mark}}}}}""";

    /// <summary>Marks a flow as allowed by one of our own rules: the app of the packet, and the rule's number.</summary>
    public static string SetOwnMark(uint number) =>
        $$$$"""{"mangle":{"key":{"ct":{"key":"mark"}},"value":{"|":[{"&":[{"meta":{"key":"mark"}},4278190080]},{{{{number}}}}]}}}""";

    public static string Update(string set, string side) => $$$"""{"set":{"op":"update","elem":{{{Field("ip", side)}}},"set":"@{{{set}}}"}}""";

    public static string TranslateTo(string address, int port) => $$$"""{"dnat":{"family":"ip","addr":"{{{address}}}","port":{{{port}}}}}""";

    public static string Redirect(int port) => $$$"""{"redirect":{"port":{{{port}}}}}""";

    public static string JumpTo(string chain) => $$$"""{"jump":{"target":"{{{chain}}}"}}""";

    public static string Lookup(string key, string map) => $$$"""{"vmap":{"key":{{{key}}},"data":"@{{{map}}}"}}""";
}
