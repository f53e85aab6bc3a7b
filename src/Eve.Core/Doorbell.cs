using System.Threading.Tasks.Sources;

namespace Eve;

/// <summary>Wakes one waiter, however often it is rung meanwhile; what was written before a ring is seen after the wait that it ends.</summary>
internal sealed class Doorbell : IValueTaskSource
{
    ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    int _rung;
    int _parked;    // whoever takes this back from 1 to 0 ends the wait: a ringer, or the waiter itself

    [ThreadStatic] static Porch? t_porch;

    /// <summary>Where a thread takes the first bell that it rings, to answer it itself when its other work is done: which saves the waking of another thread.</summary>
    public sealed class Porch
    {
        Doorbell? _bell;

        /// <summary>From now on this thread takes bells, or none any more (null).</summary>
        public static void Open(Porch? porch) => t_porch = porch;

        /// <summary>The bell that was rung, if one was.</summary>
        public Doorbell? Take() => Interlocked.Exchange(ref _bell, null);

        internal bool Has(Doorbell bell)
        {
            if (_bell is not null)
                return false;
            _bell = bell;
            return true;
        }
    }

    /// <summary>The waiter waits and nothing is pending.</summary>
    public bool Idle => Volatile.Read(ref _parked) == 1 && Volatile.Read(ref _rung) == 0;

    public void Ring()
    {
        Interlocked.MemoryBarrier();    // the news is out before the bell is looked at: a waiter that resets it now sees the news
        if (Volatile.Read(ref _rung) == 1 || Interlocked.Exchange(ref _rung, 1) == 1)
            return;
        if (Interlocked.CompareExchange(ref _parked, 0, 1) == 1 && t_porch?.Has(this) != true)
            Answer(here: false);
    }

    /// <summary>Ends the wait that a ring has ended: on this thread, which then runs the waiter until it waits again, or on another.</summary>
    public void Answer(bool here)
    {
        _source.RunContinuationsAsynchronously = !here;
        _source.SetResult(true);
    }

    /// <summary>Returns at once if it was rung since the last return.</summary>
    public async ValueTask WaitAsync()
    {
        _source.Reset();
        Interlocked.Exchange(ref _parked, 1);
        var alreadyRung = Volatile.Read(ref _rung) == 1;
        if (!alreadyRung || Interlocked.CompareExchange(ref _parked, 0, 1) == 0)
            await new ValueTask(this, _source.Version);
        Interlocked.Exchange(ref _rung, 0);
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
