using System.Diagnostics;
using System.Threading.Channels;

namespace Eve.Platform;

/// <summary>A child process whose lines are read all the time, whether somebody listens or not.</summary>
internal sealed class RunningCommand : IRunningCommand
{
    const int KeptLines = 8192;
    static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);
    static readonly TimeSpan DisposePatience = TimeSpan.FromSeconds(5);

    readonly Process _process;
    readonly TimeProvider _time;
    readonly Channel<OutputLine> _lines;
    readonly CancellationTokenSource _closed = new();
    long _dropped;

    public RunningCommand(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
        Id = process.Id;
        _lines = Channel.CreateBounded<OutputLine>(
            new BoundedChannelOptions(KeptLines) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        Exited = FollowAsync();
    }

    public int Id { get; }
    public IAsyncEnumerable<OutputLine> Lines => _lines.Reader.ReadAllAsync();
    public long DroppedLines => Interlocked.Read(ref _dropped);
    public Task<int> Exited { get; }

    public async Task<int> StopAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (Exited.IsCompleted)
            return await Exited;
        if (!_process.HasExited)
            Libc.Kill(Id, Libc.SigTerm);
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(patience, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Commands.KillTree(_process);
        }

        return await Exited.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(DisposePatience);
        _process.Dispose();
        _closed.Dispose();
    }

    async Task<int> FollowAsync()
    {
        var reading = Task.WhenAll(
            LineReader.ReadAsync(_process.StandardOutput.BaseStream, line => _lines.Writer.TryWrite(new(false, line)), _closed.Token),
            LineReader.ReadAsync(_process.StandardError.BaseStream, line => _lines.Writer.TryWrite(new(true, line)), _closed.Token));
        await _process.WaitForExitAsync(CancellationToken.None);

        // What it left behind may hold its output open.
        await ((Task)reading.WaitAsync(OutputGrace, _time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _closed.CancelAsync();
        _lines.Writer.TryComplete();
        return _process.ExitCode;
    }
}
