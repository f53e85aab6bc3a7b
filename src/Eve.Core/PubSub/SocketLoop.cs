using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>The one thread that waits for all sockets of a bus. What it calls must not wait, nor throw; while nothing happens it costs nothing.</summary>
internal sealed partial class SocketLoop : IDisposable
{
    readonly Epoll _epoll = new();
    readonly ConcurrentDictionary<long, Watch> _watches = [];
    readonly ConcurrentQueue<Action> _posted = [];
    readonly Thread _thread;
    readonly ILogger _log;
    volatile bool _stopped;
    long _last;

    public SocketLoop(ILogger log)
    {
        _log = log;
        _thread = new(Run) { IsBackground = true, Name = "eve-sockets" };
        _thread.Start();
    }

    /// <summary>Packets are received into this, by the loop's own thread.</summary>
    public Seqpacket.Batch Received { get; } = new();

    /// <summary>A descriptor that is looked at; disposed before the descriptor is closed.</summary>
    internal sealed class Watch(SocketLoop loop, int descriptor, long token, Action<bool> ready) : IDisposable
    {
        /// <summary>Called on the loop's thread: something can be read, or (true) written.</summary>
        public Action<bool> Ready => ready;

        /// <summary>Asks once to be told when there is room to write again.</summary>
        public void AwaitRoom() => loop._epoll.Change(descriptor, token, Epoll.Readable | Epoll.Writable);

        internal void RoomIsThere() => loop._epoll.Change(descriptor, token, Epoll.Readable);

        public void Dispose()
        {
            if (loop._watches.TryRemove(token, out _))
                loop._epoll.Remove(descriptor);
        }
    }

    /// <summary>Looks at a descriptor from now on.</summary>
    public Watch Add(int descriptor, Action<bool> ready)
    {
        var token = Interlocked.Increment(ref _last);
        var watch = new Watch(this, descriptor, token, ready);
        _watches[token] = watch;
        _epoll.Add(descriptor, token, Epoll.Readable);
        return watch;
    }

    /// <summary>Runs something on the loop's thread.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        _epoll.Wake();
    }

    void Run()
    {
        Span<(long Token, uint Events)> events = stackalloc (long, uint)[64];
        while (!_stopped)
        {
            var count = _epoll.Wait(events);
            while (_posted.TryDequeue(out var action))
                Try(static (act, _) => ((Action)act)(), action, false);
            foreach (var (token, happened) in events[..count])
            {
                if (_watches.TryGetValue(token, out var watch))
                    Tell(watch, happened);
            }
        }
    }

    void Tell(Watch watch, uint happened)
    {
        if ((happened & Epoll.Writable) != 0)
        {
            watch.RoomIsThere();
            Try(static (w, room) => ((Watch)w).Ready(room), watch, true);
        }
        if ((happened & ~Epoll.Writable) != 0)
            Try(static (w, room) => ((Watch)w).Ready(room), watch, false);
    }

    void Try(Action<object, bool> call, object with, bool room)
    {
        try
        {
            call(with, room);
        }
        catch (Exception exception)
        {
            Log.Failed(_log, exception);
        }
    }

    public void Dispose()
    {
        if (_stopped)
            return;
        _stopped = true;
        _epoll.Wake();
        _thread.Join();
        _epoll.Dispose();
        Received.Dispose();
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What a socket brought could not be handled; the others go on")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
