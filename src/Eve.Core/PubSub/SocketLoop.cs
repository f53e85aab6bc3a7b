using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>
/// What waits for all sockets of a bus: one thread at a time. What it calls must not wait, nor throw; while nothing happens it costs nothing.
/// When it has woken an agent it may let another thread go on, and run the agent's turn itself: so a value is seen without any further thread's waking up.
/// </summary>
internal sealed partial class SocketLoop : IDisposable
{
    readonly Epoll _epoll = new();
    readonly ConcurrentDictionary<long, Watch> _watches = [];
    readonly ConcurrentQueue<Action> _posted = [];
    readonly SemaphoreSlim _lead = new(1);      // whoever has it waits for the sockets
    readonly List<Thread> _threads = [];
    readonly ILogger _log;
    volatile bool _stopped;
    int _followers;     // threads that wait for the lead
    int _sleeps, _runsTurns;
    long _last;

    public SocketLoop(ILogger log)
    {
        _log = log;
        StartThread();
    }

    /// <summary>Agents' turns may run on its threads: what one of them is busy with, another one goes on from.</summary>
    public void RunTurns()
    {
        if (Interlocked.Exchange(ref _runsTurns, 1) == 0)
            StartThread();
    }

    void StartThread()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "eve-sockets" };
        _threads.Add(thread);
        thread.Start();
    }

    /// <summary>Packets are received into this, by the thread that leads.</summary>
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
        Wake();
    }

    /// <summary>Runs something on the loop's thread, and returns when that is done.</summary>
    public Task RunAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                action();
            }
            finally
            {
                done.SetResult();
            }
        });
        return done.Task;
    }

    void Wake()
    {
        Interlocked.MemoryBarrier();    // what was posted is out before it is looked whether the thread sleeps
        if (Volatile.Read(ref _sleeps) == 1 && Interlocked.Exchange(ref _sleeps, 0) == 1)
            _epoll.Wake();
    }

    void Run()
    {
        var porch = new Doorbell.Porch();
        for (Doorbell? bell = null; !_stopped; bell?.Answer(here: true))
        {
            Interlocked.Increment(ref _followers);
            _lead.Wait();
            Interlocked.Decrement(ref _followers);
            Doorbell.Porch.Open(porch);
            bell = Lead(porch);
            Doorbell.Porch.Open(null);
            _lead.Release();
        }
    }

    // Until it has a turn to run, and somebody to go on here.
    Doorbell? Lead(Doorbell.Porch porch)
    {
        Span<(long Token, uint Events)> events = stackalloc (long, uint)[64];
        while (!_stopped)
        {
            var count = Wait(events);
            // What is posted meanwhile waits for the next round, so that the sockets have their turns.
            for (var posted = _posted.Count; posted > 0 && _posted.TryDequeue(out var action); posted--)
                Try(static (act, _) => ((Action)act)(), action, false);
            foreach (var (token, happened) in events[..count])
            {
                if (_watches.TryGetValue(token, out var watch))
                    Tell(watch, happened);
            }
            if (porch.Take() is not { } bell)
                continue;
            if (Volatile.Read(ref _followers) > 0)
                return bell;
            bell.Answer(here: false);
        }
        return null;
    }

    int Wait(Span<(long Token, uint Events)> events)
    {
        Interlocked.Exchange(ref _sleeps, 1);
        var count = _epoll.Wait(events, atOnce: _stopped || !_posted.IsEmpty);
        Volatile.Write(ref _sleeps, 0);
        return count;
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
        Wake();
        foreach (var thread in _threads.Where(t => t != Thread.CurrentThread))     // which may run the turn that ends the device
            thread.Join();
        _epoll.Dispose();
        Received.Dispose();
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "What a socket brought could not be handled; the others go on")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
