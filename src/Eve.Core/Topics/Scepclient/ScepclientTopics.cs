namespace Eve.Topics;

/// <summary>What scepclient publishes.</summary>
public static class ScepclientTopics
{
    public static readonly Topic<EnrolledCertificateStatus> EnrolledCertificateStatus = new(AgentNames.Scepclient, Persistent: true);
}
