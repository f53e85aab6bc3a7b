// An agent in a process of its own: it follows a topic of a device that runs elsewhere, over EVE's sockets, and publishes one for it.
// dotnet run FOLDER, where FOLDER is the root of a device that runs, or will (samples/MinimalHost FOLDER): neither needs the other to start.
using Eve;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };

await using var provider = new ServiceCollection()
    .AddEve(new DeviceOptions { Root = args[0], PartOfDevice = true })
    .AddAgent<BootReasonAgent>("bootreason")
    .BuildServiceProvider();
await provider.GetRequiredService<Device>().RunAsync(["bootreason"], stop.Token, output: Console.Out);

sealed class BootReasonAgent : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var node = agent.Subscribe(NodeagentTopics.NodeAgentStatus);
        var notes = agent.Publish(new Topic<BootNote>("bootreason"));
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            if (node.Ready)
                notes.Replace(node.Select(status => new BootNote(status.Name, status.RebootReason)));
            foreach (var change in node.Changes)
                await agent.Output.WriteLineAsync($"{change.Key}: {change.New?.RebootReason ?? "gone"}");
        }
    }
}
