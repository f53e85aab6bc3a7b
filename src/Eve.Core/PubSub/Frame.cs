namespace Eve;

/// <summary>What a packet says.</summary>
internal enum Verb
{
    Unknown,
    Request,
    Hello,
    Update,
    Delete,
    Complete,
    Restarted,
}

/// <summary>A packet of EVE's wire as it was read: <c>verb topic [third [fourth]]</c>, separated by single spaces (device-agents.md 1.4).</summary>
internal readonly ref struct Frame
{
    /// <summary>The longest packet, in bytes (device-agents.md 1.6).</summary>
    public const int Largest = 65534;

    const int MostFields = 4;

    public Verb Verb { get; private init; }

    public ReadOnlySpan<byte> Topic { get; private init; }

    /// <summary>A key in base64 (update, delete), the counter (restarted), or whether the publisher keeps the topic on disk (hello; older ones do not say).</summary>
    public ReadOnlySpan<byte> Third { get; private init; }

    /// <summary>A value in base64 (update).</summary>
    public ReadOnlySpan<byte> Fourth { get; private init; }

    /// <summary>Reads a packet; false if it has an unknown verb, or not the fields of its verb.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Frame frame)
    {
        Span<Range> fields = stackalloc Range[MostFields + 1];
        var count = 0;
        foreach (var field in packet.Split((byte)' '))
        {
            if (count == fields.Length)
                break;
            fields[count++] = field;
        }
        frame = new()
        {
            Verb = VerbOf(packet[fields[0]]),
            Topic = count > 1 ? packet[fields[1]] : default,
            Third = count > 2 ? packet[fields[2]] : default,
            Fourth = count > 3 ? packet[fields[3]] : default,
        };
        return frame.Verb switch
        {
            Verb.Request or Verb.Complete => count == 2,
            Verb.Hello => count is 2 or 3,
            Verb.Delete or Verb.Restarted => count == 3,
            Verb.Update => count == 4,
            _ => false,
        };
    }

    static Verb VerbOf(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("update"u8) ? Verb.Update :
        text.SequenceEqual("delete"u8) ? Verb.Delete :
        text.SequenceEqual("complete"u8) ? Verb.Complete :
        text.SequenceEqual("restarted"u8) ? Verb.Restarted :
        text.SequenceEqual("hello"u8) ? Verb.Hello :
        text.SequenceEqual("request"u8) ? Verb.Request :
        Verb.Unknown;
}
