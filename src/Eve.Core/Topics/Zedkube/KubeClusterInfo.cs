using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record KubeClusterInfo(
    ValueList<KubeNodeInfo> Nodes = default,
    [property: JsonPropertyName("pubsub-large-AppPods")] ValueList<KubePodInfo> AppPods = default,
    [property: JsonPropertyName("pubsub-large-AppVMIs")] ValueList<KubeVMIInfo> AppVMIs = default,
    KubeStorageInfo? Storage = null,
    ValueList<KubePodNameSpaceInfo> PodNsInfo = default) : ITopic<KubeClusterInfo>
{
    [JsonPropertyName("pubsub-large-Storage")] public KubeStorageInfo Storage { get; init; } = Storage ?? new();

    public string Key => "global";
    public static JsonTypeInfo<KubeClusterInfo> Json => EveJson.KubeClusterInfo;
}

public sealed record KubeNodeInfo(
    string Name = "",
    KubeNodeStatus Status = default,
    bool IsMaster = false,
    bool UsesEtcd = false,
    GoTime CreationTime = default,
    GoTime LastTransitionTime = default,
    string KubeletVersion = "",
    string InternalIP = "",
    string ExternalIP = "",
    bool Schedulable = false,
    NodeAdmission Admission = default,
    string NodeID = "");

public sealed record KubePodInfo(
    string Name = "",
    KubePodStatus Status = default,
    int RestartCount = 0,
    GoTime RestartTimestamp = default,
    GoTime CreationTimestamp = default,
    string PodIP = "",
    string NodeName = "");

public sealed record KubeVMIInfo(
    string Name = "",
    KubeVMIStatus Status = default,
    GoTime CreationTime = default,
    GoTime LastTransitionTime = default,
    bool IsReady = false,
    string NodeName = "");

public sealed record KubeStorageInfo(
    ServiceStatus Health = default,
    GoTime TransitionTime = default,
    ValueList<KubeVolumeInfo> Volumes = default);

public sealed record KubePodNameSpaceInfo(
    string Name = "",
    uint PodCount = 0,
    uint PodRunningCount = 0,
    uint PodPendingCount = 0,
    uint PodFailedCount = 0,
    uint PodSucceededCount = 0);

public sealed record KubeVolumeInfo(
    string Name = "",
    StorageVolumeState State = default,
    StorageVolumeRobustness Robustness = default,
    GoTime CreatedAt = default,
    ulong ProvisionedBytes = 0,
    ulong AllocatedBytes = 0,
    StorageVolumePvcStatus PvcStatus = default,
    ValueList<KubeVolumeReplicaInfo> Replicas = default,
    StorageHealthStatus RobustnessSubstate = default,
    string VolumeID = "");

public sealed record KubeVolumeReplicaInfo(
    string Name = "",
    string OwnerNode = "",
    byte RebuildProgressPercentage = 0,
    StorageVolumeReplicaStatus Status = default);

public enum KubeNodeStatus : sbyte
{
    Unknown = 0,
    Ready = 1,
    NotReady = 2,
    NotReachable = 3,
}

public enum NodeAdmission : byte
{
    Unknown = 0,
    NotClustered = 1,
    Leaving = 2,
    Joining = 3,
    Joined = 4,
}

public enum KubePodStatus : sbyte
{
    Unknown = 0,
    Pending = 1,
    Running = 2,
    Succeeded = 3,
    Failed = 4,
}

public enum KubeVMIStatus : sbyte
{
    Unset = 0,
    Pending = 1,
    Scheduling = 2,
    Scheduled = 3,
    Running = 4,
    Succeeded = 5,
    Failed = 6,
    Unknown = 7,
}

public enum ServiceStatus : sbyte
{
    Unset = 0,
    Failed = 1,
    Degraded = 2,
    Healthy = 3,
}

public enum StorageVolumeState : byte
{
    Unknown = 0,
    Creating = 1,
    Attached = 2,
    Detached = 3,
    Attaching = 4,
    Detaching = 5,
    Deleting = 6,
}

public enum StorageVolumeRobustness : byte
{
    Unknown = 0,
    Healthy = 1,
    Degraded = 2,
    Faulted = 3,
}

public enum StorageVolumePvcStatus : byte
{
    Unknown = 0,
    Bound = 1,
    Pending = 2,
    Available = 3,
    Released = 4,
    Faulted = 5,
}

public enum StorageHealthStatus : byte
{
    Unknown = 0,
    Healthy = 1,
    Degraded2ReplicaAvailableReplicating = 2,
    Degraded2ReplicaAvailableNotReplicating = 3,
    Degraded1ReplicaAvailableReplicating = 4,
    Degraded1ReplicaAvailableNotReplicating = 5,
    Failed = 6,
}

public enum StorageVolumeReplicaStatus : byte
{
    Unknown = 0,
    Rebuilding = 1,
    Online = 2,
    Failed = 3,
    Offline = 4,
    Starting = 5,
    Stopping = 6,
}
