using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>
/// A subscriber in another process. It reads the topic as an agent does, with a cursor: while it is slow, values are coalesced here,
/// and neither the publisher nor other readers wait.
/// </summary>
/// <param name="gate">Held while something is sent, or said.</param>
internal sealed partial class OutsideReader<T>(Topic<T> topic, Seqpacket socket, SocketBus sockets, Func<Subscription<T>> subscribe, Lock gate)
    : IDisposable where T : class, ITopic<T>
{
    const int Portion = 64;         // packets for one reader before the next has its turn
    const int FewMessages = 1024;

    readonly List<Message> _messages = [];
    readonly LargeFiles _files = new(sockets.LargeFolderOf(topic));
    int _next;
    SocketLoop.Watch? _watch;
    ITimer? _deadline;
    Subscription<T>? _view;     // there once the request has come
    bool _full, _gone;
    bool _greeted;
    int _restarts;

    readonly record struct Message(Verb Verb, string Key, T? Value = null, int Count = 0);

    /// <summary>The connection has ended.</summary>
    public bool Gone => _gone;

    /// <summary>Waits for the one thing a subscriber says; one that says something else, half of it or nothing is turned away.</summary>
    /// <param name="time">So long it may take.</param>
    /// <param name="wake">Called when there may be something to send, or the connection has ended.</param>
    public void AwaitRequest(TimeSpan time, Action wake)
    {
        _deadline = sockets.Time.CreateTimer(_ => sockets.Loop.Post(() => GiveUp(wake)), null, time, Timeout.InfiniteTimeSpan);
        _watch = sockets.Loop.Add(socket.Descriptor, room =>
        {
            lock (gate)
            {
                if (room)
                    _full = false;
                else
                    Read();
            }
            wake();
        });
    }

    void Read()
    {
        var batch = sockets.Loop.Received;
        var count = socket.Receive(batch);
        for (var i = 0; i < count && !_gone; i++)
        {
            if (_view is null && IsRequest(batch[i]))
                Follow();
            else
                TurnAway(batch[i].Length > 0);
        }
    }

    bool IsRequest(ReadOnlySpan<byte> packet) =>
        Frame.TryRead(packet, out var frame) && frame.Verb == Verb.Request && System.Text.Encoding.UTF8.GetString(frame.Topic) == topic.Name;

    void GiveUp(Action wake)
    {
        lock (gate)
        {
            if (_view is not null || _gone)
                return;
            TurnAway(misbehaved: true);
        }
        wake();
    }

    void TurnAway(bool misbehaved)
    {
        if (misbehaved)
            Log.TurnedAway(sockets.Log, topic.ToString());
        End();
    }

    /// <summary>Nothing more goes to it.</summary>
    public void End()
    {
        _gone = true;
        _watch?.Dispose();
        _deadline?.Dispose();
    }

    void Follow()
    {
        _deadline?.Dispose();
        _view = subscribe();
    }

    /// <summary>Sends a portion of what it has not got yet; true if there may be more to send now.</summary>
    /// <param name="packets">Where they are written.</param>
    /// <param name="mayWait">For a disk: large fields go by files.</param>
    public bool Send(Packets<T> packets, bool mayWait)
    {
        for (var sent = 0; sent < Portion;)
        {
            if (_gone || _full || _view is null || (_next == _messages.Count && !Fetch(_view)))
                return false;
            if (SendSome(packets, mayWait) is not { } some)
                return true;
            sent += some;
        }
        return true;
    }

    // Null: not without waiting for a disk.
    int? SendSome(Packets<T> packets, bool mayWait)
    {
        Span<Seqpacket.Packet> batch = stackalloc Seqpacket.Packet[Seqpacket.Batch.Size];
        var count = 0;
        for (var at = _next; at < _messages.Count && count < batch.Length; at++)
        {
            if (!packets.HasRoom)
                break;
            if (Write(packets, _messages[at], mayWait) is not { } packet)
                return null;
            batch[count++] = packet;
        }
        if (count == 0)
        {
            packets.Clear();
            return 0;
        }
        var sent = socket.Send(batch[..count]);
        if (sent < 0)
            End();
        else if (sent < count)
            AwaitRoom();
        _next += Math.Max(sent, 0);
        return count;
    }

    void AwaitRoom()
    {
        _full = true;       // before it is asked for: the answer may come at once
        _watch!.AwaitRoom();
    }

    Seqpacket.Packet? Write(Packets<T> packets, Message message, bool mayWait)
    {
        try
        {
            return message.Verb switch
            {
                Verb.Hello => packets.Hello(),
                Verb.Update => packets.Update(message.Key, message.Value!, mayWait ? _files : null),
                Verb.Delete => packets.Delete(message.Key),
                Verb.Complete => packets.Complete(),
                _ => packets.Restarted(message.Count),
            };
        }
        catch (OversizeException exception)
        {
            Log.Oversize(sockets.Log, exception.Message);
            return packets.Delete(message.Key);     // rather nothing than an old value
        }
    }

    // The news since the last time. The counter comes last: whoever sees it has seen all that was published before it moved.
    bool Fetch(Subscription<T> view)
    {
        _messages.Clear();
        if (_messages.Capacity > FewMessages)
            _messages.Capacity = 0;     // a first sync of many keys is over
        _next = 0;
        ((IInput)view).Advance();
        if (!_greeted)
            _messages.Add(new(Verb.Hello, ""));
        foreach (var change in view.Changes)
        {
            if (change.Deleted || change.Recreated)
                _messages.Add(new(Verb.Delete, change.Key));
            if (!change.Deleted)
                _messages.Add(new(Verb.Update, change.Key, change.New));
        }
        if (!_greeted && view.Restarts == 0)
            _messages.Add(new(Verb.Restarted, ""));     // not complete yet: EVE's own publishers say nothing, and cannot be told from those that never count
        if (!_greeted)
            _messages.Add(new(Verb.Complete, ""));
        if (view.Restarts != _restarts)
            _messages.Add(new(Verb.Restarted, "", Count: _restarts = view.Restarts));
        _greeted = true;
        return _messages.Count > 0;
    }

    public void Dispose()
    {
        End();
        socket.Dispose();
        _files.Dispose();
        if (_view is IInput input)
            _ = input.CloseAsync();     // done at once
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic}: a subscriber did not ask for it as it should, and is turned away")]
        public static partial void TurnedAway(ILogger log, string topic);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
        public static partial void Oversize(ILogger log, string reason);
    }
}
