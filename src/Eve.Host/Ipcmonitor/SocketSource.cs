using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Eve.Platform;

namespace Eve.Host.Ipcmonitor;

/// <summary>Reads a table from its publisher's socket, as a subscriber does (device-agents.md 1.4). Everything happens on the loop's thread.</summary>
internal sealed class SocketSource : IDisposable
{
    readonly TableState _state;
    readonly Seqpacket _socket;
    readonly SocketLoop _loop;
    readonly SocketLoop.Watch _watch;
    readonly string _largeFolder;
    readonly Action<TableEvent> _tell;
    readonly Action<string> _lost;
    readonly string _from;
    bool _greeted, _ended;

    /// <summary>Asks for the table.</summary>
    /// <param name="lost">Called once, when the connection has ended, with the reason.</param>
    public SocketSource(TableState state, Seqpacket socket, EvePaths paths, SocketLoop loop, Action<TableEvent> tell, Action<string> lost)
    {
        (_state, _socket, _loop, _tell, _lost) = (state, socket, loop, tell, lost);
        (_from, _largeFolder) = (Table.OnDevice(paths, state.Table.SocketIn(paths)), state.Table.LargeFolderIn(paths));
        _watch = loop.Add(socket.Descriptor, _ => Receive());
        socket.Send(Encoding.UTF8.GetBytes("request " + state.Table.Topic));     // if nobody is there, that is read as the end
    }

    void Receive()
    {
        var batch = _loop.Received;
        for (var count = Seqpacket.Batch.Size; count == Seqpacket.Batch.Size && !_ended;)
        {
            count = _socket.Receive(batch);
            for (var i = 0; i < count && !_ended; i++)
            {
                if (batch[i].Length == 0)
                    End();
                else
                    Take(batch[i]);
            }
        }
    }

    void End()
    {
        if (_ended)
            return;
        Dispose();
        _lost(_greeted ? "the publisher has ended" : "the publisher turned us away: it has ended just now, or lets other users only read it (DeviceOptions.TopicReaders)");
    }

    void Take(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > Frame.Largest)
            Garbled("", $"a packet is longer than {Frame.Largest} bytes and was left out");
        else if (!Frame.TryRead(packet, out var frame) || Encoding.UTF8.GetString(frame.Topic) != _state.Table.Topic)
            Garbled("", $"a packet is not understood and was left out: {Encoding.UTF8.GetString(packet[..Math.Min(packet.Length, 60)])}");
        else
            Obey(frame);
    }

    void Obey(Frame frame)
    {
        switch (frame.Verb)
        {
            case Verb.Hello:
                _greeted = true;
                _tell(_state.Begin(_from, frame.Third.Length > 0 ? frame.Third.SequenceEqual("true"u8) : null));
                break;
            case Verb.Update or Verb.Delete:
                Move(frame);
                break;
            case Verb.Complete:
                foreach (var happened in _state.End())
                    _tell(happened);
                break;
            case Verb.Restarted:
                // An empty or odd number counts as "once" (device-agents.md 1.2).
                _tell(_state.Count(int.TryParse(frame.Third, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1));
                break;
        }
    }

    void Move(Frame frame)
    {
        var key = "";
        try
        {
            key = Encoding.UTF8.GetString(Decode(frame.Third, "the key"));
            if ((frame.Verb == Verb.Delete ? _state.Remove(key) : _state.Set(key, Whole(Decode(frame.Fourth, "the value")))) is { } moved)
                _tell(moved);
        }
        catch (Exception exception) when (GarbledText.IsBehind(exception) || exception is IOException or UnauthorizedAccessException)
        {
            Garbled(key, exception.Message);       // the former value stays
        }
    }

    static byte[] Decode(ReadOnlySpan<byte> text, string what)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var length) == OperationStatus.Done
            ? bytes[..length]
            : throw new FormatException($"{what} is not base64: {Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)])}");
    }

    // Files of large fields are this connection's own, and whoever has read one removes it: a publisher of EVE's would leave it lying for ever.
    byte[] Whole(byte[] json)
    {
        if (LargeFields.OutOf(json))
            json = LargeFields.Restore(json, path => LargeFiles.Take(path, _largeFolder));
        return JsonText.Compact(json);
    }

    void Garbled(string key, string reason) => _tell(new(_state, Happening.Garbled, key, Reason: reason));

    public void Dispose()
    {
        _ended = true;
        _watch.Dispose();
        _socket.Dispose();
    }
}
