using System.Globalization;
using System.Text;
using System.Text.Json;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>
/// Follows a topic of another process (device-agents.md 1.4): its store is as if the publisher were in this one. Everything here happens on the
/// sockets' thread. When the connection is lost the values stay, but nobody vouches for them: the topic is neither Synchronized nor Ready.
/// </summary>
internal sealed partial class TopicMirror<T> : IAsyncDisposable where T : class, ITopic<T>
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    readonly Topic<T> _topic;
    readonly TopicStore _store;
    readonly SocketBus _sockets;
    readonly string _path;
    readonly byte[] _name;
    readonly ITimer _again;
    readonly MirroredValues _values = new();
    Seqpacket? _socket;
    SocketLoop.Watch? _watch;
    TimeSpan _pause = FirstPause;
    bool _stopped, _news;

    // What this connection has said so far:
    bool _complete, _counted;
    int _restarts;

    public TopicMirror(Topic<T> topic, TopicStore store, SocketBus sockets)
    {
        (_topic, _store, _sockets, _path, _name) = (topic, store, sockets, sockets.PathOf(topic), Encoding.UTF8.GetBytes(topic.Name));
        _again = sockets.Time.CreateTimer(_ => sockets.Loop.Post(Connect), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        sockets.Loop.Post(Start);
    }

    void Start()
    {
        var name = Path.GetFileName(_path);
        _sockets.WatchFolder(Path.GetDirectoryName(_path)!, moved =>
        {
            if (moved == name || moved.Length == 0)
            {
                _pause = FirstPause;
                Connect();
            }
        });
        Connect();
    }

    void Connect()
    {
        if (_stopped || _socket is not null)
            return;
        _socket = Seqpacket.Connect(_path, out var error);
        if (_socket is not null)
            Greet(_socket);
        else if (error != Seqpacket.NotFound && _pause < LongestPause)
            TryAgain();     // nobody listens yet, or not any more: then the folder's watch tells when there is another socket
    }

    void TryAgain()
    {
        _again.Change(_pause, Timeout.InfiniteTimeSpan);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    void Greet(Seqpacket socket)
    {
        (_complete, _counted, _restarts) = (false, false, 0);
        _values.BeginAnew();
        _watch = _sockets.Loop.Add(socket.Descriptor, _ => Receive(socket));
        if (!socket.Send(Encoding.UTF8.GetBytes("request " + _topic.Name)))
            Lose();
    }

    void Receive(Seqpacket socket)
    {
        var batch = _sockets.Loop.Received;
        for (var count = Seqpacket.Batch.Size; count == Seqpacket.Batch.Size && _socket == socket;)
        {
            count = socket.Receive(batch);
            for (var i = 0; i < count && _socket == socket; i++)
            {
                if (batch[i].Length == 0)
                    Lose();
                else
                    Take(batch[i]);
            }
            if (_news)
                _store.Wake();      // once for all of them
            _news = false;
        }
    }

    void Take(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > Frame.Largest || !Frame.TryRead(packet, out var frame) || !frame.Topic.SequenceEqual(_name))
        {
            Log.NotUnderstood(_sockets.Log, _topic.ToString(), Encoding.UTF8.GetString(packet[..Math.Min(packet.Length, 40)]));
            return;
        }
        try
        {
            Obey(frame);
        }
        catch (Exception exception) when (GarbledText.IsBehind(exception) || exception is IOException or UnauthorizedAccessException)
        {
            Log.NoValue(_sockets.Log, _topic.ToString(), Encoding.UTF8.GetString(frame.Third), exception.Message);
        }
    }

    void Obey(Frame frame)
    {
        switch (frame.Verb)
        {
            case Verb.Hello when _topic.Persistent && frame.Third.SequenceEqual("false"u8):
                Log.NotKept(_sockets.Log, _topic.ToString());
                break;
            case Verb.Update:
                if (_values.Set(frame.Third, frame.Fourth, out var key, out var json))
                    _news |= _store.Take(key, JsonSerializer.Deserialize(Whole(json), T.Json) ?? throw new JsonException("null is no value."));
                break;
            case Verb.Delete:
                if (_values.Remove(frame.Third) is { } gone)
                    _news |= _store.Take(gone, null);
                break;
            case Verb.Complete:
                Complete();
                break;
            case Verb.Restarted:
                // An empty or odd number counts as "once" (device-agents.md 1.2).
                Count(int.TryParse(frame.Third, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1);
                break;
        }
    }

    ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> json) =>
        LargeFields.OutOf(json) ? LargeFields.Restore(json, path => LargeFiles.Take(path, _sockets.LargeFolderOf(_topic))) : json;

    // What the publisher had before and has not named again is gone.
    void Complete()
    {
        foreach (var key in _values.EndAnew())
            _store.Publish(key, null);
        (_complete, _pause) = (true, FirstPause);
        Announce();
    }

    void Count(int restarts)
    {
        (_counted, _restarts) = (true, restarts);
        if (_complete)
            Announce();
    }

    // EVE's own publishers count complete sets of few topics; of the others what they have at first is the set.
    void Announce() => _store.Announce(true, _counted || _topic.Barrier ? _restarts : 1);

    void Lose()
    {
        _watch?.Dispose();
        _socket?.Dispose();
        (_watch, _socket) = (null, null);
        _store.Announce(false, 0);
        if (_stopped)
            return;
        if (_complete)
            Connect();
        else
            TryAgain();     // it does not want us: not in a hurry
    }

    public ValueTask DisposeAsync()
    {
        _again.Dispose();
        return new(_sockets.Loop.RunAsync(() =>
        {
            _stopped = true;
            Lose();
        }));
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic}: a packet is not understood and is left out: {Packet}")]
        public static partial void NotUnderstood(ILogger log, string topic, string packet);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic}: the value of {Key} (base64) cannot be read, the former one stays: {Reason}")]
        public static partial void NoValue(ILogger log, string topic, string key, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic} is to outlive a reboot, but its publisher does not keep it on disk")]
        public static partial void NotKept(ILogger log, string topic);
    }
}
