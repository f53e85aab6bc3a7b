// An agent of your own with a topic of its own: it counts how often the device has started, and the count outlives a reboot.
// dotnet run [FOLDER]; while it runs, zedbox ipcmonitor --root FOLDER -a boots -t BootCount shows the topic.
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Eve;
using Microsoft.Extensions.DependencyInjection;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };

await using var provider = new ServiceCollection()
    .AddEve(new DeviceOptions { Root = args.FirstOrDefault() ?? Path.Combine(Path.GetTempPath(), "eve-custom-agent") })
    .AddAgent<BootsAgent>("boots")
    .BuildServiceProvider();
var device = provider.GetRequiredService<Device>();
await device.RunAsync(device.Agents, stop.Token, output: Console.Out);

sealed class BootsAgent : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var boots = agent.Publish(new Topic<BootCount>("boots", Persistent: true));    // it begins with what the disk holds
        await boots.PublishAsync(new BootCount((boots.Value?.Count ?? 0) + 1), cancellationToken);
        boots.SignalRestarted();
        await agent.Output.WriteLineAsync($"Start number {boots.Value!.Count} of this device.");
        while (true)
            await agent.ChangedAsync(cancellationToken);
    }
}

/// <summary>How often the device has started.</summary>
sealed record BootCount(int Count) : ITopic<BootCount>
{
    public static JsonTypeInfo<BootCount> Json => BootsJson.Default.BootCount;
    string ITopic<BootCount>.Key => "device";
}

[JsonSerializable(typeof(BootCount))]
sealed partial class BootsJson : JsonSerializerContext;
