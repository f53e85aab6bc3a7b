namespace Eve.Topics;

/// <summary>What verifier publishes.</summary>
public static class VerifierTopics
{
    public static readonly Topic<VerifyImageStatus> VerifyImageStatus = new(AgentNames.Verifier, Barrier: true);
}
