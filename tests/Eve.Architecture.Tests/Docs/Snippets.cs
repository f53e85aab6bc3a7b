using Eve.Agents;
using Eve.Agents.Ledmanager;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;

namespace Eve.Tests.Architecture;

/// <summary>Code that the pages show and no sample has, so that it compiles.</summary>
static class Snippets
{
    public static IServiceCollection ReplaceAnEffect(IServiceCollection services)
    {
        services.AddEveAgents()
            .AddSingleton<ILeds, MyBoardLeds>();        // after AddEveAgents: the last one registered is the one that is used
        return services;
    }

    public static async Task FollowAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        var bus = provider.GetRequiredService<IBus>();
        await foreach (var change in bus.FollowAsync(ZedmanagerTopics.AppInstanceStatus, cancellationToken))
            Console.WriteLine($"{change.Key}: {change.New?.State.ToString() ?? "gone"}");
    }

    sealed class MyBoardLeds : ILeds
    {
        public string HardwareModel() => "";

        public bool Take(string name, int? gpio = null) => true;

        public void Set(string name, bool on) => Console.WriteLine($"{name}: {on}");
    }
}

/// <summary>The smallest agent.</summary>
public sealed class GreeterAgent : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var progress = agent.Subscribe(GlobalTopics.LedBlinkCounter);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            await agent.Output.WriteLineAsync($"The device is at {progress.Value?.BlinkCounter}.");
        }
    }
}
