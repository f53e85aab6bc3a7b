using System.Diagnostics;

namespace Eve.Tests.Architecture;

/// <summary>A program that a test has started, and what it prints.</summary>
sealed class RunningSample(string program, params string[] arguments) : IDisposable
{
    const int Interrupt = 2;
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    readonly List<string> _lines = [];
    readonly CancellationTokenSource _patience = new(s_patience);
    readonly Process _process = Process.Start(
        new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = Product.Root })!;

    /// <summary>Returns the first line that has this text, once it is printed.</summary>
    public async Task<string> UntilAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(_patience.Token) is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
        Assert.Fail($"'{text}' is not among what {program} has printed:\n{string.Join('\n', _lines)}");
        return "";
    }

    /// <summary>Interrupts it, as Ctrl-C does, and returns all that it has printed.</summary>
    public Task<IReadOnlyList<string>> InterruptAsync()
    {
        Platform.Libc.Kill(_process.Id, Interrupt);
        return EndAsync();
    }

    /// <summary>Returns all that it has printed, once it has ended well.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(_patience.Token) is { } line)
            _lines.Add(line);
        await _process.WaitForExitAsync(_patience.Token);
        Assert.That(_process.ExitCode, Is.Zero, string.Join('\n', _lines));
        return _lines;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _patience.Dispose();
    }
}
