using Eve.Agents.Shared;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Waitforaddr;

/// <summary>Ends when the device has an address that leads beyond its link, or after five minutes without (device-agents.md 4.3).</summary>
public sealed partial class WaitforaddrAgent : IAgent
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        while (UsableAddresses.Count(network.Value) == 0)
        {
            if (agent.Elapsed >= Limit)
            {
                Log.NoAddress(agent.Log, Limit.TotalMinutes);
                return;
            }
            agent.WakeAt(Limit);
            await agent.ChangedAsync(cancellationToken);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "No usable address after {Minutes} minutes: the device goes on without")]
        public static partial void NoAddress(ILogger log, double minutes);
    }
}
