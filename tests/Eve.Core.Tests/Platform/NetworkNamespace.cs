using Eve.Platform;

namespace Eve.Tests.Platform;

/// <summary>A network namespace for one test, removed with it. Needs root.</summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    NetworkNamespace(string name, ICommands host)
    {
        Name = name;
        Host = host;
        Commands = new NamespacedCommands(name, host);
    }

    public string Name { get; }

    /// <summary>Runs programs outside of it.</summary>
    public ICommands Host { get; }

    /// <summary>Runs programs inside of it.</summary>
    public ICommands Commands { get; }

    public static async Task<NetworkNamespace> CreateAsync()
    {
        var host = new Commands(TimeProvider.System);
        var name = $"evetest-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";
        (await host.RunAsync("ip", ["netns", "add", name])).Check();
        var made = new NetworkNamespace(name, host);
        await made.RunAsync("ip link set lo up");
        return made;
    }

    /// <summary>Runs a line inside, cut at its spaces; fails the test when it fails.</summary>
    public async Task<string> RunAsync(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (await Commands.RunAsync(words[0], words[1..])).Check().Output;
    }

    public async ValueTask DisposeAsync() => (await Host.RunAsync("ip", ["netns", "del", Name])).Check();
}

internal sealed class NamespacedCommands(string name, ICommands host) : ICommands
{
    public Task<CommandResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input = null,
        TimeSpan? timeout = null,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default) => host.RunAsync("ip", Inside(program, arguments), input, timeout, environment, cancellationToken);

    public Task<IRunningCommand> StartAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellationToken = default) => host.StartAsync("ip", Inside(program, arguments), environment, cancellationToken);

    List<string> Inside(string program, IReadOnlyList<string> arguments) => ["netns", "exec", name, program, .. arguments];
}
