namespace Eve.Topics;

/// <summary>What domainmgr publishes.</summary>
public static class DomainmgrTopics
{
    public static readonly Topic<AssignableAdapters> AssignableAdapters = new(AgentNames.Domainmgr);
    public static readonly Topic<Capabilities> Capabilities = new(AgentNames.Domainmgr);
    public static readonly Topic<CipherBlockStatus> CipherBlockStatus = new(AgentNames.Domainmgr);
    public static readonly Topic<CipherMetrics> CipherMetrics = new(AgentNames.Domainmgr);
    public static readonly Topic<DomainMetric> DomainMetric = new(AgentNames.Domainmgr);
    public static readonly Topic<DomainStatus> DomainStatus = new(AgentNames.Domainmgr, Barrier: true);
    public static readonly Topic<HostMemory> HostMemory = new(AgentNames.Domainmgr);
    public static readonly Topic<ProcessMetric> ProcessMetric = new(AgentNames.Domainmgr);
}
