using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>Hardware and IP addresses out of numbers (applications.md 7.2): pure, so they come again after a reboot.</summary>
internal static class Addressing
{
    /// <summary>The distance from one IPv4 address to another; negative when it lies below, null when either is none.</summary>
    public static long? Distance(IPAddress from, IPAddress to) =>
        from.AddressFamily == AddressFamily.InterNetwork && to.AddressFamily == AddressFamily.InterNetwork ? (long)Value(to) - Value(from) : null;

    public static IPAddress Add(IPAddress address, int offset)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Value(address) + (uint)offset);
        return new(bytes);
    }

    /// <summary>00:16:3e, two bytes of the device's own, the bridge's number.</summary>
    public static MacAddress BridgeMac(Guid device, int number)
    {
        var hash = SHA256.HashData(device.ToByteArray(bigEndian: true));
        return new([0x00, 0x16, 0x3e, hash[0], hash[1], (byte)number]);
    }

    /// <summary>An app's hardware address. Generator 1 is unique on the device, 2 everywhere.</summary>
    public static MacAddress AppMac(int generator, Guid app, Guid instance, int vif, int appNumber)
    {
        if (generator == 1)
            return new([0x00, 0x16, 0x3e, 0x00, (byte)vif, (byte)appNumber]);
        var hash = SHA256.HashData([.. app.ToByteArray(bigEndian: true), .. instance.ToByteArray(bigEndian: true), (byte)vif, (byte)appNumber]);
        hash[0] = (byte)((hash[0] | 0x02) & ~0x01);
        return new(hash.AsSpan(0, 6));
    }

    /// <summary>The address of an app that asks for none, by its interface number.</summary>
    public static IPAddress AppAddress(Instance instance, int number) => Add(instance.First, number);

    public static bool Overlap(IPNetwork one, IPNetwork other) => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);

    static uint Value(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
