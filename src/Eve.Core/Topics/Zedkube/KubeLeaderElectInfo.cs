using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record KubeLeaderElectInfo(
    bool InLeaderElection = false,
    bool IsStatsLeader = false,
    bool ElectionRunning = false,
    string LeaderIdentity = "",
    GoTime LatestChange = default) : ITopic<KubeLeaderElectInfo>
{
    public string Key => "global";
    public static JsonTypeInfo<KubeLeaderElectInfo> Json => EveJson.KubeLeaderElectInfo;
}
