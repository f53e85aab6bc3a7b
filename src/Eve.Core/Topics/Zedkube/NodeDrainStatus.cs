using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NodeDrainStatus(DrainStatus Status = default, DrainRequester RequestedBy = default) : ITopic<NodeDrainStatus>
{
    public string Key => "global";
    public static JsonTypeInfo<NodeDrainStatus> Json => EveJson.NodeDrainStatus;
}

public enum DrainStatus : byte
{
    Unknown = 0,
    NotSupported = 1,
    NotRequested = 2,
    Requested = 3,
    Starting = 4,
    Cordoned = 5,
    FailedCordon = 6,
    DrainRetrying = 7,
    FailedDrain = 8,
    Complete = 9,
}
