using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>Offers one topic to other processes: a socket at which subscribers connect (device-agents.md 1.4). The sockets' thread sends, or the publisher itself.</summary>
internal sealed partial class TopicServer<T> : IAsyncDisposable where T : class, ITopic<T>
{
    static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(10);

    /// <summary>Who publishes again within this time publishes much, and leaves the sending to the loop.</summary>
    static readonly TimeSpan Burst = TimeSpan.FromMicroseconds(200);

    readonly MemoryBus _bus;
    readonly Topic<T> _topic;
    readonly SocketBus _sockets;
    readonly string _path;
    readonly Seqpacket _socket;
    readonly SocketLoop.Watch _watch;
    readonly List<OutsideReader<T>> _readers = [];
    readonly Lock _gate = new();        // held while something is done with a reader
    Packets<T>? _packets;
    long _lastRing;
    int _asked;
    bool _stopped;

    /// <exception cref="EveException">Another process publishes the topic.</exception>
    /// <exception cref="IOException">The socket cannot be made.</exception>
    public TopicServer(MemoryBus bus, Topic<T> topic, SocketBus sockets)
    {
        (_bus, _topic, _sockets, _path) = (bus, topic, sockets, sockets.PathOf(topic));
        DurableFile.MakeFolder(Path.GetDirectoryName(_path)!);
        using (var other = Seqpacket.Connect(_path, out _))
        {
            if (other is not null)
                throw new EveException($"{topic} is published by another process already (at {_path}): a topic has one publisher; end one of the two.");
        }
        _socket = Seqpacket.Listen(_path);
        _watch = sockets.Loop.Add(_socket.Descriptor, _ => Accept());
        bus.Of(topic).Outside = Ring;
    }

    void Accept()
    {
        while (_socket.Accept() is { } socket)
        {
            if (!_sockets.MayRead(_topic, socket.PeerUser()))
            {
                Log.NotAllowed(_sockets.Log, _topic.ToString(), socket.PeerUser());
                socket.Dispose();
                continue;
            }
            var reader = new OutsideReader<T>(_topic, socket, _sockets, () => new(_bus, _topic, null), _gate);
            lock (_gate)
                _readers.Add(reader);
            reader.AwaitRequest(RequestTime, LeaveToLoop);
        }
    }

    // On a publisher's thread. One that was quiet sends by itself, which costs it some microseconds and saves the subscribers the loop's waking up.
    void Ring()
    {
        if (_readers.Count == 0)
            return;
        var now = _sockets.Time.GetTimestamp();
        var quiet = _sockets.Time.GetElapsedTime(_lastRing, now) > Burst;
        _lastRing = now;
        if (!quiet || !_gate.TryEnter())
        {
            LeaveToLoop();
            return;
        }
        try
        {
            SendPortions(mayWait: false);
        }
        finally
        {
            _gate.Exit();
        }
    }

    // Once is enough until it is done.
    void LeaveToLoop()
    {
        if (Volatile.Read(ref _asked) == 1 || Interlocked.Exchange(ref _asked, 1) == 1)
            return;
        _sockets.Loop.Post(() =>
        {
            Interlocked.Exchange(ref _asked, 0);
            lock (_gate)
                SendPortions(mayWait: true);
        });
    }

    // All are served in portions, in step, so that what one got is still at hand for the next; then the other topics have their turn.
    void SendPortions(bool mayWait)
    {
        if (_stopped)
            return;
        _packets ??= new(_topic);
        _packets.Clear();
        var more = false;
        foreach (var reader in _readers)
            more |= Send(reader, _packets, mayWait);
        foreach (var gone in _readers.FindAll(r => r.Gone))
        {
            _readers.Remove(gone);
            gone.Dispose();
        }
        if (_readers.Count == 0)
            _packets = null;
        if (more)
            LeaveToLoop();
    }

    // What goes wrong with one is no concern of the others: it is cut off, and may connect again.
    bool Send(OutsideReader<T> reader, Packets<T> packets, bool mayWait)
    {
        try
        {
            return reader.Send(packets, mayWait);
        }
        catch (Exception exception)
        {
            Log.CutOff(_sockets.Log, exception, _topic.ToString());
            reader.End();
            return false;
        }
    }

    /// <summary>Ends all connections, and takes the socket away.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sockets.Loop.RunAsync(() =>
        {
            _watch.Dispose();
            lock (_gate)
            {
                _stopped = true;
                _readers.ForEach(r => r.Dispose());
                _readers.Clear();
            }
        });
        _socket.Dispose();
        File.Delete(_path);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic}: a subscriber in another process is cut off")]
        public static partial void CutOff(ILogger log, Exception exception, string topic);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic}: the user {User} may not read it (DeviceOptions.TopicReaders) and is turned away")]
        public static partial void NotAllowed(ILogger log, string topic, uint user);
    }
}
