using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>What all lives of an agent have in common.</summary>
internal sealed record AgentEnvironment(string Name, MemoryBus Bus, TimeProvider Time, ILogger Log, EvePaths Paths)
{
    public IReadOnlyList<string> PublishesAs { get; init; } = [Name];
    public IReadOnlyList<string> Args { get; init; } = [];
    public TextWriter Output { get; init; } = TextWriter.Null;
}

/// <summary>An agent's log, whose level can be moved while it runs.</summary>
internal sealed class AgentLogger(ILogger inner) : ILogger
{
    int _level = (int)LogLevel.Trace;

    public LogLevel Level { get => (LogLevel)Volatile.Read(ref _level); set => Volatile.Write(ref _level, (int)value); }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);
    public bool IsEnabled(LogLevel logLevel) => logLevel >= Level && inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= Level)
            inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
