using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>Offers one topic to other processes: a socket at which subscribers connect, and one loop that sends to all of them (device-agents.md 1.4).</summary>
internal sealed partial class TopicServer<T> : IAsyncDisposable where T : class, ITopic<T>
{
    static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(10);

    readonly MemoryBus _bus;
    readonly Topic<T> _topic;
    readonly SocketBus _sockets;
    readonly string _path;
    readonly Seqpacket _socket;
    readonly SocketLoop.Watch _watch;
    readonly Doorbell _bell = new();
    readonly Lock _gate = new();
    readonly List<OutsideReader<T>> _arrived = [];
    readonly Task _sending;
    volatile bool _stopped;

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
        _sending = SendAsync();
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
            var reader = new OutsideReader<T>(_topic, socket, _sockets, () => new(_bus, _topic, _bell.Ring));
            lock (_gate)
                _arrived.Add(reader);
            reader.AwaitRequest(RequestTime, _bell.Ring);
        }
    }

    async Task SendAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Packets<T>? packets = null;
        List<OutsideReader<T>> readers = [];
        while (!_stopped)
        {
            lock (_gate)
            {
                readers.AddRange(_arrived);
                _arrived.Clear();
            }
            packets = readers.Count > 0 ? packets ?? new(_topic) : null;
            // All are served in small portions, in step, so that what one got is still at hand for the next.
            for (var more = packets is not null; more;)
            {
                more = false;
                packets!.Clear();
                foreach (var reader in readers)
                    more |= Send(reader, packets);
            }
            foreach (var gone in readers.Where(r => r.Gone).ToList())
            {
                readers.Remove(gone);
                await gone.DisposeAsync();
            }
            await _bell.WaitAsync();
        }
        foreach (var reader in readers)
            await reader.DisposeAsync();
    }

    // What goes wrong with one is no concern of the others: it is cut off, and may connect again.
    bool Send(OutsideReader<T> reader, Packets<T> packets)
    {
        try
        {
            return reader.Send(packets);
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
        _stopped = true;
        _watch.Dispose();
        _bell.Ring();
        await _sending;
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
