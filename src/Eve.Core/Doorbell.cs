using System.Threading.Tasks.Sources;

namespace Eve;

/// <summary>Wakes one waiter, however often it is rung meanwhile; what was written before a ring is seen after the wait that it ends.</summary>
internal sealed class Doorbell : IValueTaskSource
{
    ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    int _rung;
    int _parked;    // whoever takes this back from 1 to 0 ends the wait: a ringer, or the waiter itself

    /// <summary>The waiter waits and nothing is pending.</summary>
    public bool Idle => Volatile.Read(ref _parked) == 1 && Volatile.Read(ref _rung) == 0;

    public void Ring()
    {
        Interlocked.MemoryBarrier();    // the news is out before the bell is looked at: a waiter that resets it now sees the news
        if (Volatile.Read(ref _rung) == 1 || Interlocked.Exchange(ref _rung, 1) == 1)
            return;
        if (Interlocked.CompareExchange(ref _parked, 0, 1) == 1)
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
