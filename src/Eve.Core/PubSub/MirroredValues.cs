using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Eve;

/// <summary>
/// The texts of a mirrored topic, so that a value which was sent again unchanged need not be decoded (EVE's own publishers send all keys at
/// each change), and so that after a new connection it is known which keys were not named again.
/// </summary>
internal sealed class MirroredValues
{
    const int LongestKey = 1024;

    readonly Dictionary<string, Text> _texts = [];
    readonly Dictionary<string, Text>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    byte[] _decoded = new byte[2048];
    int _connection;

    sealed class Text(string key)
    {
        public readonly string Key = key;
        public byte[] Json = [];
        public int Length;
        public int Connection;      // the last one that has named it
    }

    public MirroredValues() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A new connection: from now on keys are named anew.</summary>
    public void BeginAnew() => _connection++;

    /// <summary>All keys have been named: those that were not are forgotten, and returned.</summary>
    public IReadOnlyList<string> EndAnew()
    {
        var gone = _texts.Values.Where(t => t.Connection != _connection).Select(t => t.Key).ToList();
        gone.ForEach(key => _texts.Remove(key));
        return gone;
    }

    /// <summary>Takes a value.</summary>
    /// <returns>False: it is the same as before.</returns>
    /// <exception cref="FormatException">One of the two is not base64.</exception>
    public bool Set(ReadOnlySpan<byte> key64, ReadOnlySpan<byte> json64, out string key, out ReadOnlySpan<byte> json)
    {
        var text = Find(key64);
        key = text.Key;
        json = Decode(json64);
        text.Connection = _connection;
        if (json.SequenceEqual(text.Json.AsSpan(0, text.Length)))
            return false;
        if (text.Json.Length < json.Length)
            text.Json = new byte[json.Length + json.Length / 8];
        json.CopyTo(text.Json);
        text.Length = json.Length;
        return true;
    }

    /// <summary>Forgets a key; null if it was not known.</summary>
    public string? Remove(ReadOnlySpan<byte> key64)
    {
        Span<char> chars = stackalloc char[LongestKey];
        return _lookup.Remove(chars[..DecodeKey(key64, chars)], out var key, out _) ? key : null;
    }

    Text Find(ReadOnlySpan<byte> key64)
    {
        Span<char> chars = stackalloc char[LongestKey];
        var key = chars[..DecodeKey(key64, chars)];
        if (_lookup.TryGetValue(key, out var known))
            return known;
        var text = new Text(new string(key));
        _texts.Add(text.Key, text);
        return text;
    }

    static int DecodeKey(ReadOnlySpan<byte> key64, Span<char> chars)
    {
        Span<byte> bytes = stackalloc byte[LongestKey];
        if (Base64.DecodeFromUtf8(key64, bytes, out _, out var length) != OperationStatus.Done)
            throw new FormatException("The key is not base64, or too long.");
        return Encoding.UTF8.GetChars(bytes[..length], chars);
    }

    ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> json64)
    {
        if (_decoded.Length < json64.Length)
            _decoded = new byte[json64.Length * 2];
        if (Base64.DecodeFromUtf8(json64, _decoded, out _, out var length) != OperationStatus.Done)
            throw new FormatException("The value is not base64.");
        return _decoded.AsSpan(0, length);
    }
}
