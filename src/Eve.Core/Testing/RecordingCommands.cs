using System.Collections.Concurrent;
using System.Threading.Channels;
using Eve.Platform;

namespace Eve.Testing;

/// <summary>Commands for tests: nothing runs, every call is kept, and answers come from a function (by default: success, no output).</summary>
internal sealed class RecordingCommands(Func<RecordedCall, CommandResult?>? answer = null) : ICommands
{
    readonly ConcurrentQueue<RecordedCall> _calls = new();
    readonly ConcurrentQueue<RecordedCommand> _started = new();

    /// <summary>What was run or started, in order.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <summary>What was started to stay, in order: the test speaks for it and ends it.</summary>
    public IReadOnlyList<RecordedCommand> Started => [.. _started];

    /// <summary>A success with this output.</summary>
    public static CommandResult Says(RecordedCall call, string output) => new(call.Program, call.Arguments, 0, output, "");

    /// <summary>A failure with this complaint.</summary>
    public static CommandResult Fails(RecordedCall call, string error, int exitCode = 1) => new(call.Program, call.Arguments, exitCode, "", error);

    public Task<CommandResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input = null,
        TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default)
    {
        var call = new RecordedCall(program, [.. arguments], input, false);
        _calls.Enqueue(call);
        return Task.FromResult(answer?.Invoke(call) ?? Says(call, ""));
    }

    public Task<IRunningCommand> StartAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default)
    {
        var call = new RecordedCall(program, [.. arguments], null, true);
        _calls.Enqueue(call);
        var command = new RecordedCommand(call, 1000 + _started.Count);
        _started.Enqueue(command);
        return Task.FromResult<IRunningCommand>(command);
    }
}

/// <summary>One call; compared by its line in tests.</summary>
internal sealed record RecordedCall(string Program, IReadOnlyList<string> Arguments, string? Input, bool Stays)
{
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));
}

/// <summary>A started program in a test's hands.</summary>
internal sealed class RecordedCommand(RecordedCall call, int id) : IRunningCommand
{
    readonly Channel<OutputLine> _lines = Channel.CreateUnbounded<OutputLine>();
    readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RecordedCall Call => call;
    public int Id => id;
    public IAsyncEnumerable<OutputLine> Lines => _lines.Reader.ReadAllAsync();
    public long DroppedLines => 0;
    public Task<int> Exited => _exited.Task;

    public void Say(string text, bool isError = false) => _lines.Writer.TryWrite(new(isError, text));

    public void Exit(int exitCode)
    {
        _exited.TrySetResult(exitCode);
        _lines.Writer.TryComplete();
    }

    public Task<int> StopAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        Exit(128 + Libc.SigTerm);
        return Exited;
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);
}
