using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Eve.Platform;

/// <summary>Runs programs as child processes. Their messages are in English (LC_ALL=C), and their standard input is empty when none is given.</summary>
internal sealed class Commands(TimeProvider time, int outputLimit = 16 * 1024 * 1024) : ICommands
{
    // How long a program that has ended is waited for when something that it left behind holds its output open.
    static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    public async Task<CommandResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input = null,
        TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var process = Start(program, arguments, environment);
        var output = new Capture(outputLimit, () => KillTree(process));
        var error = new Capture(outputLimit, () => KillTree(process));
        try
        {
            var read = Task.WhenAll(output.ReadAsync(process.StandardOutput.BaseStream, stop.Token), error.ReadAsync(process.StandardError.BaseStream, stop.Token));
            await WriteAsync(process, input, stop.Token);
            await process.WaitForExitAsync(stop.Token);
            await ((Task)read.WaitAsync(OutputGrace, time, stop.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await EndAsync(process);
            if (cancellationToken.IsCancellationRequested)
                throw;
            throw new EveException($"{CommandResult.Describe(program, arguments)}: not done after {timeout?.TotalSeconds:0.###} s, so it was ended");
        }

        return output.Exceeded || error.Exceeded
            ? throw new EveException($"{CommandResult.Describe(program, arguments)}: wrote more than {outputLimit} bytes, so it was ended")
            : new CommandResult(program, arguments, process.ExitCode, output.Text, error.Text);
    }

    public Task<IRunningCommand> StartAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var process = Start(program, arguments, environment);
        process.StandardInput.Close();
        return Task.FromResult<IRunningCommand>(new RunningCommand(process, time));
    }

    static Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(Programs.Find(program) ?? throw new EveException(Programs.Missing(program)), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new EveException($"{CommandResult.Describe(program, arguments)}: cannot be started: {failure.Message}", failure);
        }
    }

    static async Task WriteAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = process.StandardInput.BaseStream;
            if (input is not null)
                await stream.WriteAsync(Encoding.UTF8.GetBytes(input), cancellationToken);
        }
        catch (IOException)
        {
            // It ended without reading all: its exit code and its complaint tell why.
        }
    }

    internal static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile.
        }
    }

    // A process that the kernel cannot end at once (a dead disk) is not waited for longer than this.
    async Task EndAsync(Process process)
    {
        KillTree(process);
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(OutputGrace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
