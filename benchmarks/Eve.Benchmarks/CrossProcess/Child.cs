using System.Diagnostics;
using System.Globalization;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>A process of the measurement's own, that takes orders and answers with lines.</summary>
sealed class Child : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process _process;

    Child(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>When it was started.</summary>
    public long Started { get; } = Stopwatch.GetTimestamp();

    /// <summary>This program again, in another part.</summary>
    public static Child Start(params string[] part) => Start(Environment.ProcessPath!, ["cross-process-part", .. part]);

    /// <summary>Another program.</summary>
    public static Child Start(string program, string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = program != Environment.ProcessPath,
            Environment = { ["DOTNET_gcConcurrent"] = "0" },     // as zedbox is built
        })!);

    /// <summary>Gives an order, and returns when it was understood, or done: what it said.</summary>
    public async Task<string> OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        return await LineAsync("ready");
    }

    /// <summary>The rest of the next line, which starts with this word.</summary>
    public async Task<string> LineAsync(string word)
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? "nothing: it has ended";
        return line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..].Trim() : throw new InvalidOperationException($"{string.Join(' ', _process.StartInfo.ArgumentList)} says {line}");
    }

    /// <summary>The numbers of its answer.</summary>
    public async Task<double[]> DoneAsync() => [.. (await LineAsync("done")).Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

    /// <summary>Its resident memory, in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>How often each of its threads has gone to sleep, but for the runtime's own, which looks around every ten seconds.</summary>
    public Dictionary<string, long> Sleeps() => Directory.GetDirectories($"/proc/{Id}/task").Where(t => !File.ReadAllText(t + "/comm").StartsWith(".NET Finalizer", StringComparison.Ordinal)).ToDictionary(t => t, t =>
        long.Parse(File.ReadLines(t + "/status").First(l => l.StartsWith("voluntary", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture));

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
