namespace Eve.Topics;

/// <summary>What tpmmgr publishes.</summary>
public static class TpmmgrTopics
{
    public static readonly Topic<AttestQuote> AttestQuote = new(AgentNames.Tpmmgr);
    public static readonly Topic<EdgeNodeCert> EdgeNodeCert = new(AgentNames.Tpmmgr, Persistent: true);
    public static readonly Topic<TpmSanityStatus> TpmSanityStatus = new(AgentNames.Tpmmgr);
}
