using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>
/// Writes logs as EVE's JSON lines to an output and hands each to the <see cref="LogFeed"/>. The category of a logger is its source.
/// Neither holds a writer up: an output that does not keep pace loses lines, and says how many.
/// </summary>
public sealed class EveJsonLoggerProvider : ILoggerProvider
{
    const int WaitingLines = 8192;

    readonly TextWriter _output;
    readonly LogFeed _feed;
    readonly LogLevels _levels;
    readonly TimeProvider _time;
    readonly Channel<string> _lines = Channel.CreateBounded<string>(WaitingLines);
    readonly Lock _drain = new();
    long _dropped;

    /// <summary>Writes to this output until disposed.</summary>
    public EveJsonLoggerProvider(TextWriter output, LogFeed feed, LogLevels levels, TimeProvider time)
    {
        (_output, _feed, _levels, _time) = (output, feed, levels, time);
        Written = WriteAsync();
    }

    /// <summary>Ends when all is written after the disposal.</summary>
    internal Task Written { get; }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new SourceLogger(this, categoryName);

    /// <summary>Writes what waits.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        Drain();
    }

    async Task WriteAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
            Drain();
    }

    void Write(LogLine line)
    {
        _feed.Write(line);
        if (!_lines.Writer.TryWrite(line.Json))
            Interlocked.Increment(ref _dropped);
        if (line.Level == LogLevel.Critical)
            Drain();    // it may be the last that this process says
    }

    void Drain()
    {
        lock (_drain)
        {
            try
            {
                while (_lines.Reader.TryRead(out var line))
                    _output.Write(line + "\n");
                if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var lost)
                    _output.Write(LogJson.Line(_time.GetUtcNow(), LogLevel.Warning, "log", Environment.ProcessId, $"{lost} lines were lost here", default, null, null) + "\n");
                _output.Flush();
            }
            catch (Exception closed) when (closed is IOException or ObjectDisposedException)
            {
                // Nobody is at the other end any more; the feed still has all.
            }
        }
    }

    sealed class SourceLogger(EveJsonLoggerProvider provider, string source) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= provider._levels[source];

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var (time, message) = (provider._time.GetUtcNow(), formatter(state, exception));
            provider.Write(new LogLine(time, logLevel, source, message, LogJson.Line(time, logLevel, source, Environment.ProcessId, message, eventId, exception, state)));
        }
    }
}
