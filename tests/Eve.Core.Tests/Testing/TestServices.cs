using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eve.Tests;

/// <summary>A whole device with its supervisor, made of agents that are functions.</summary>
internal sealed class TestServices : IAsyncDisposable
{
    readonly ServiceProvider _provider;
    readonly CancellationTokenSource _stop = new();

    public TestServices(TimeProvider time, DeviceOptions options, params (string Name, IAgent Agent)[] agents)
    {
        var services = new ServiceCollection().AddSingleton(time).AddSingleton<ILoggerFactory>(Log).AddEve(options);
        foreach (var (name, agent) in agents)
            services.AddKeyedSingleton(name, agent).AddSingleton(new AgentRegistration(name, [name]));
        _provider = services.BuildServiceProvider();
    }

    public static DeviceOptions InMemory { get; } = new() { Root = "/nonexistent", Persist = false, Sockets = false, Failure = new FailurePolicy { FirstPause = TimeSpan.Zero } };

    public RecordingLog Log { get; } = new();

    public Device Device => _provider.GetRequiredService<Device>();

    public IBus Bus => _provider.GetRequiredService<IBus>();

    /// <summary>The device's run, after <see cref="Run"/>.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public Task Run() => Running = Device.RunAsync(_stop.Token);

    public async Task StopAsync(Action? meanwhile = null)
    {
        await _stop.CancelAsync();
        await Soon.Async(() => Running.IsCompleted, meanwhile);
        await Running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _provider.DisposeAsync();
        _stop.Dispose();
    }
}
