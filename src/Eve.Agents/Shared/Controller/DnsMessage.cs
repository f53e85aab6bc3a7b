using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Eve.Agents.Shared;

/// <summary>What a name server answered.</summary>
/// <param name="Code">0 is good, 3 "no such name".</param>
/// <param name="Truncated">Ask again by TCP.</param>
/// <param name="Addresses">Of the asked name, its aliases followed by the server.</param>
internal readonly record struct DnsAnswer(int Code, bool Truncated, ValueList<IPAddress> Addresses);

/// <summary>Name look-ups on the wire (RFC 1035): just what asking a recursive server for addresses takes.</summary>
/// <remarks>The DNS libraries that can be had do not bind a query to a port's address, which a device with several ports needs.</remarks>
internal static class DnsMessage
{
    public const int A = 1, Aaaa = 28, NoSuchName = 3;
    const int HeaderSize = 12, Internet = 1, RecursionDesired = 0x0100, Response = 0x8000, TruncatedFlag = 0x0200;

    /// <summary>A question for the addresses of a host in one family.</summary>
    public static byte[] Query(ushort id, string host, AddressFamily family)
    {
        var bytes = new List<byte>(HeaderSize + host.Length + 6);
        Add(bytes, id);
        Add(bytes, RecursionDesired);
        Add(bytes, 1);
        bytes.AddRange(stackalloc byte[6]);
        foreach (var label in host.TrimEnd('.').Split('.'))
        {
            if (label.Length is 0 or > 63 || !Ascii.IsValid(label))
                throw new EveException($"'{host}' is not a host name.");
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }
        bytes.Add(0);
        Add(bytes, (ushort)(family == AddressFamily.InterNetworkV6 ? Aaaa : A));
        Add(bytes, Internet);
        return [.. bytes];
    }

    /// <summary>Reads an answer to that very question; null for anything else.</summary>
    public static DnsAnswer? Read(ReadOnlySpan<byte> message, ReadOnlySpan<byte> query)
    {
        if (message.Length < query.Length || !message[..2].SequenceEqual(query[..2]) || !EqualsIgnoringCase(message[HeaderSize..query.Length], query[HeaderSize..]))
            return null;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((flags & Response) == 0 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1)
            return null;
        var type = BinaryPrimitives.ReadUInt16BigEndian(query[^4..]);
        var addresses = new List<IPAddress>();
        var rest = message[query.Length..];
        for (var records = BinaryPrimitives.ReadUInt16BigEndian(message[6..]); records > 0; records--)
        {
            if (!TryReadRecord(ref rest, type, addresses))
                break;
        }
        return new(flags & 0xf, (flags & TruncatedFlag) != 0, [.. addresses]);
    }

    static bool TryReadRecord(ref ReadOnlySpan<byte> rest, int type, List<IPAddress> addresses)
    {
        const int Fixed = 10;
        if (!TrySkipName(ref rest) || rest.Length < Fixed)
            return false;
        var found = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        if (rest.Length < Fixed + length)
            return false;
        if (found == type && length == (type == A ? 4 : 16))
            addresses.Add(new IPAddress(rest.Slice(Fixed, length)));
        rest = rest[(Fixed + length)..];
        return true;
    }

    static bool TrySkipName(ref ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            var length = rest[0];
            var step = (length & 0xc0) == 0xc0 ? 2 : 1 + length;
            if (rest.Length < step)
                return false;
            rest = rest[step..];
            if (length == 0 || step == 2 && length >= 0xc0)
                return true;
        }
        return false;
    }

    static bool EqualsIgnoringCase(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if ((char.IsAsciiLetter((char)a[i]) ? a[i] | 0x20 : a[i]) != (char.IsAsciiLetter((char)b[i]) ? b[i] | 0x20 : b[i]))
                return false;
        }
        return a.Length == b.Length;
    }

    static void Add(List<byte> bytes, ushort value)
    {
        bytes.Add((byte)(value >> 8));
        bytes.Add((byte)value);
    }
}
