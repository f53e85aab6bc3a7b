using System.Threading.Tasks.Sources;

namespace Eve;

/// <summary>Wakes one waiter, however often it is rung meanwhile; ringing costs nothing while the waiter is busy.</summary>
internal sealed class Doorbell : IValueTaskSource
{
    ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    int _rung;
    int _parked;

    /// <summary>The waiter waits and nothing is pending.</summary>
    public bool Idle => Parked && Volatile.Read(ref _rung) == 0;

    /// <summary>The waiter waits.</summary>
    public bool Parked => Volatile.Read(ref _parked) == 1;

    public void Ring()
    {
        if (Volatile.Read(ref _rung) == 1)
            return;
        Volatile.Write(ref _rung, 1);
        Interlocked.MemoryBarrier();
        if (Interlocked.CompareExchange(ref _parked, 0, 1) == 1)
            _source.SetResult(true);
    }

    /// <summary>Returns at once if it was rung since the last return.</summary>
    public async ValueTask WaitAsync()
    {
        _source.Reset();
        Volatile.Write(ref _parked, 1);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _rung) == 0 || Interlocked.CompareExchange(ref _parked, 0, 1) == 0)
            await new ValueTask(this, _source.Version);
        Volatile.Write(ref _rung, 0);
        Interlocked.MemoryBarrier();
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
