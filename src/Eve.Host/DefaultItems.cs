using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Host;

/// <summary>
/// Stands in for zedagent where it is not among the agents that run: without configuration items they would wait for ever. Of its other topics it says
/// nothing, so that nobody takes them for complete and removes what a device has.
/// </summary>
internal sealed partial class DefaultItems : IAgent
{
    public Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        Log.Defaults(agent.Log);
        agent.Publish(ZedagentTopics.ConfigItemValueMap).Replace([new()]);
        return Task.CompletedTask;
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message =
            "zedagent does not run in this process: all configuration items have their defaults, and there is no configuration. For one: zedbox run zedagent AGENT...; for the whole device: zedbox")]
        public static partial void Defaults(ILogger log);
    }
}
