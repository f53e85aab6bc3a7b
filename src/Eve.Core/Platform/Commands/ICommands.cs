namespace Eve.Platform;

/// <summary>Runs the machine's programs. Arguments are lists: no shell ever sees them.</summary>
internal interface ICommands
{
    /// <summary>
    /// Runs a program to its end. A program that is missing, exceeds <paramref name="timeout"/> or says more than can be kept is an <see cref="EveException"/>;
    /// an exit code other than 0 is a result. Cancelling kills the program and all that it started.
    /// </summary>
    Task<CommandResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input = null,
        TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default);

    /// <summary>Starts a program that stays. The token covers the start alone: the program ends by <see cref="IRunningCommand.StopAsync"/> or with its disposal.</summary>
    Task<IRunningCommand> StartAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default);
}

/// <summary>A program that stays, such as dnsmasq or <c>ip monitor</c>.</summary>
internal interface IRunningCommand : IAsyncDisposable
{
    /// <summary>Its process id.</summary>
    int Id { get; }

    /// <summary>What it writes, for one reader; ends with the program. A reader that is too slow loses the oldest lines, for the program must never wait for it.</summary>
    IAsyncEnumerable<OutputLine> Lines { get; }

    /// <summary>How many lines were lost.</summary>
    long DroppedLines { get; }

    /// <summary>Its exit code, once it has ended; 128 + number when a signal ended it.</summary>
    Task<int> Exited { get; }

    /// <summary>SIGTERM; SIGKILL for it and all that it started when it is still there after <paramref name="patience"/>.</summary>
    Task<int> StopAsync(TimeSpan patience, CancellationToken cancellationToken = default);
}

/// <summary>One line that a program wrote, without its end.</summary>
internal readonly record struct OutputLine(bool IsError, string Text);
