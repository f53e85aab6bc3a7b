using Eve.Agents.Shared;

namespace Eve.Agents.Logmanager;

/// <summary>
/// Keeps the logs of the device and of its apps, and sends them to the controller (controller.md 5): newlogd and loguploader in one.
/// Logs of the kernel and of other programs, filters by name and duplicates are not built yet.
/// </summary>
public sealed class LogmanagerAgent(LogFeed feed, ILogFiles files, IController controller, Randomness random) : IAgent
{
    /// <inheritdoc />
    public Task RunAsync(AgentContext agent, CancellationToken cancellationToken) =>
        agent.RunAllAsync([new CollectPart(feed, files), new UploadPart(files, controller, random)], cancellationToken);
}
