using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Numerics;

namespace Eve.Topics;

/// <summary>An address and its mask as EVE writes them: a network ("10.1.2.0/24") or an address within one. As text it is CIDR.</summary>
public sealed record IpNet(string IP = "", Bytes Mask = default)
{
    /// <summary>The number of leading ones of the mask; -1 when the ones do not lead.</summary>
    public int PrefixLength
    {
        get
        {
            var ones = 0;
            foreach (var part in Mask.Span)
                ones += BitOperations.PopCount(part);
            return MaskOf(ones, Mask.Length) == Mask ? ones : -1;
        }
    }

    public override string ToString() => IP.Length == 0 ? "" : $"{IP}/{PrefixLength}";

    /// <summary>Reads CIDR text and keeps the address as given ("10.1.2.3/24" stays 10.1.2.3).</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out IpNet? net)
    {
        net = null;
        var slash = text?.IndexOf('/') ?? -1;
        if (slash < 0 || !IPAddress.TryParse(text.AsSpan(0, slash), out var address) || address.ScopeId() != 0)
            return false;
        var length = address.GetAddressBytes().Length;
        if (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var ones) || ones > length * 8)
            return false;
        net = new(address.ToString(), MaskOf(ones, length));
        return true;
    }

    public static IpNet Parse(string text) => TryParse(text, out var net) ? net : throw new FormatException($"'{text}' is not a network in CIDR form.");

    public static IpNet Of(IPNetwork network) =>
        new(network.BaseAddress.ToString(), MaskOf(network.PrefixLength, network.BaseAddress.GetAddressBytes().Length));

    /// <summary>The network with its host bits cleared.</summary>
    public bool TryGetNetwork(out IPNetwork network)
    {
        network = default;
        if (PrefixLength < 0 || !IPAddress.TryParse(IP, out var address))
            return false;
        var bytes = address.GetAddressBytes();
        if (bytes.Length != Mask.Length)
            return false;
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= Mask.Span[i];
        network = new(new IPAddress(bytes), PrefixLength);
        return true;
    }

    static Bytes MaskOf(int ones, int length)
    {
        var mask = new byte[length];
        for (var i = 0; i < ones; i++)
            mask[i / 8] |= (byte)(0x80 >> (i % 8));
        return mask;
    }
}

static class Scopes
{
    /// <summary>0 where the address has none, as every IPv4 address.</summary>
    public static long ScopeId(this IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
