using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Eve.Platform;

namespace Eve;

/// <summary>
/// Writes the packets of one topic into memory that system calls can read. An update is written once, however many subscribers
/// it goes to: they are served in turn, and what one of them got lately is still there for the next.
/// </summary>
internal sealed class Packets<T> where T : class, ITopic<T>
{
    const int Room = 4 * Frame.Largest;

    readonly Topic<T> _topic;
    readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Room, pinned: true);
    readonly nint _address;
    readonly byte[] _update, _delete;
    readonly Dictionary<string, (T Value, Seqpacket.Packet Packet)> _updates = [];
    readonly ArrayBufferWriter<byte> _json = new(1024);
    readonly Utf8JsonWriter _writer;
    int _used;

    public Packets(Topic<T> topic)
    {
        _topic = topic;
        _address = Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        (_update, _delete) = (Encoding.UTF8.GetBytes($"update {topic.Name} "), Encoding.UTF8.GetBytes($"delete {topic.Name} "));
        _writer = new(_json, new() { Encoder = T.Json.Options.Encoder, SkipValidation = true });
    }

    /// <summary>Whether any packet may be written: if not, send what there is and <see cref="Clear"/>.</summary>
    public bool HasRoom => Room - _used >= Frame.Largest;

    /// <summary>Forgets all packets.</summary>
    public void Clear()
    {
        _updates.Clear();
        _used = 0;
    }

    /// <summary>A key has a value.</summary>
    /// <param name="files">Where this subscriber gets large fields; null: not now.</param>
    /// <returns>Null: it has large fields.</returns>
    /// <exception cref="OversizeException">It does not go into one packet, or one of its large fields is too large.</exception>
    public Seqpacket.Packet? Update(string key, T value, LargeFiles? files)
    {
        if (_updates.TryGetValue(key, out var known) && ReferenceEquals(known.Value, value))
            return known.Packet;
        _json.ResetWrittenCount();
        _writer.Reset();
        JsonSerializer.Serialize(_writer, value, T.Json);
        _writer.Flush();
        var json = _json.WrittenSpan;
        var shared = !LargeFields.In(json);
        if (!shared && files is null)
            return null;
        if (files is not null && !shared)
            json = Cut(json, key, files);
        var size = _update.Length + Base64.GetMaxEncodedToUtf8Length(Encoding.UTF8.GetByteCount(key)) + 1 + Base64.GetMaxEncodedToUtf8Length(json.Length);
        if (size > Frame.Largest)
            throw new OversizeException(_topic.ToString(), key, size, Frame.Largest);

        var packet = Begin(_update);
        AddBase64(key);
        _bytes[_used++] = (byte)' ';
        AddBase64(json);
        packet = End(packet);
        if (shared)
            _updates[key] = (value, packet);
        return packet;
    }

    ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> json, string key, LargeFiles files)
    {
        try
        {
            return LargeFields.Cut(json, content =>
                content.Length > LargeFields.Largest ? throw new OversizeException(_topic.ToString(), key, content.Length, LargeFields.Largest) : files.Keep(content));
        }
        catch (IOException)
        {
            return json;        // no room for files: as a whole it may still fit
        }
    }

    /// <summary>A key was withdrawn.</summary>
    public Seqpacket.Packet Delete(string key)
    {
        var packet = Begin(_delete);
        AddBase64(key);
        return End(packet);
    }

    public Seqpacket.Packet Hello() => Text($"hello {_topic.Name} {(_topic.Persistent ? "true" : "false")}");

    public Seqpacket.Packet Complete() => Text($"complete {_topic.Name}");

    public Seqpacket.Packet Restarted(int count) => Text(string.Create(CultureInfo.InvariantCulture, $"restarted {_topic.Name} {count}"));

    Seqpacket.Packet Text(string text)
    {
        var packet = Begin([]);
        _used += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_used));
        return End(packet);
    }

    Seqpacket.Packet Begin(byte[] start)
    {
        var packet = new Seqpacket.Packet(_address + _used, _used);
        start.CopyTo(_bytes, _used);
        _used += start.Length;
        return packet;
    }

    Seqpacket.Packet End(Seqpacket.Packet begun) => begun with { Length = _used - begun.Length };

    void AddBase64(string key)
    {
        Span<byte> bytes = stackalloc byte[256];
        AddBase64(bytes[..Encoding.UTF8.GetBytes(key, bytes)]);
    }

    void AddBase64(ReadOnlySpan<byte> bytes)
    {
        Base64.EncodeToUtf8(bytes, _bytes.AsSpan(_used), out _, out var written);
        _used += written;
    }
}
