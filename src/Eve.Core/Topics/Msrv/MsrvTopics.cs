namespace Eve.Topics;

/// <summary>What msrv publishes.</summary>
public static class MsrvTopics
{
    public static readonly Topic<AppInstMetaData> AppInstMetaData = new(AgentNames.Msrv, Persistent: true);
    public static readonly Topic<CipherBlockStatus> CipherBlockStatus = new(AgentNames.Msrv, Persistent: true);
    public static readonly Topic<CipherMetrics> CipherMetrics = new(AgentNames.Msrv);
    public static readonly Topic<PatchEnvelopeInfo> PatchEnvelopeInfo = new(AgentNames.Msrv);
    public static readonly Topic<PatchEnvelopeUsage> PatchEnvelopeUsage = new(AgentNames.Msrv);
}
