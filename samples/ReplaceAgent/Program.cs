// One of EVE's agents replaced by another: the last one registered under a name is the one that runs.
// dotnet run [FOLDER]
using Eve;
using Eve.Agents;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };

var services = new ServiceCollection()
    .AddEve(new DeviceOptions { Root = args.FirstOrDefault() ?? Path.Combine(Path.GetTempPath(), "eve-replace-agent") })
    .AddEveAgents()
    .AddAgent<ConsoleLeds>(AgentNames.Ledmanager);

await using var provider = services.BuildServiceProvider();
var device = provider.GetRequiredService<Device>();

// Zedagent gives every agent its settings, so it runs too. The program takes the place of the others, and tells how far the device has come.
var agents = device.RunAsync([AgentNames.Zedagent, AgentNames.Ledmanager], stop.Token, output: Console.Out);
var progress = provider.GetRequiredService<IBus>().Publish(GlobalTopics.LedBlinkCounter);
foreach (var stage in new[] { LedBlinkCount.WaitingForIp, LedBlinkCount.ConnectingToController, LedBlinkCount.Onboarded })
{
    progress.Publish(new LedBlinkCounter(stage));
    await Task.Delay(TimeSpan.FromMilliseconds(500), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

await stop.CancelAsync();
await agents;

/// <summary>Prints what EVE's ledmanager would blink.</summary>
sealed class ConsoleLeds : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var progress = agent.Subscribe(GlobalTopics.LedBlinkCounter);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            if (progress.Value is { } value)
                await agent.Output.WriteLineAsync($"LED: {value.BlinkCounter}, {(int)value.BlinkCounter} blinks");
        }
    }
}
