using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>One line of an agent's log.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Source">The agent.</param>
/// <param name="Message">What happened.</param>
/// <param name="Json">The whole line in EVE's form.</param>
public sealed record LogLine(DateTimeOffset Time, LogLevel Level, string Source, string Message, string Json);

/// <summary>The way of log lines to logmanager. It never holds a writer up: while it is full, lines are lost and counted.</summary>
public sealed class LogFeed(int capacity = 8192)
{
    readonly Channel<LogLine> _lines = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(capacity) { SingleReader = true });
    long _dropped;

    /// <summary>Hands a line over; false when it is lost.</summary>
    public bool Write(LogLine line)
    {
        if (_lines.Writer.TryWrite(line))
            return true;
        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>The lines, for one reader; waits for more until it is cancelled.</summary>
    public IAsyncEnumerable<LogLine> ReadAllAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAllAsync(cancellationToken);

    /// <summary>How many lines were lost since this was last asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);
}
