namespace Eve.Agents.Domainmgr;

/// <summary>Runs the apps' guests (applications.md 9, walk-app.md 18-20): starts and stops them, watches them, measures them, and reads their consoles.</summary>
public sealed class DomainmgrAgent(IHypervisor hypervisor, IGuestFiles files, DomainmgrOptions options) : IAgent
{
    /// <inheritdoc />
    public Task RunAsync(AgentContext agent, CancellationToken cancellationToken) => agent.RunAllAsync(
        [
            new DomainsPart(hypervisor, files, options),    // DomainStatus
            new MetricsPart(hypervisor),                    // HostMemory, Capabilities, DomainMetric
            new AdaptersPart(),                             // AssignableAdapters
            new ConsolesPart(files, options),               // the feed of console lines
        ],
        cancellationToken);
}
