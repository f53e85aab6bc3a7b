namespace Eve.Topics;

/// <summary>What monitor publishes.</summary>
public static class MonitorTopics
{
    public static readonly Topic<DevicePortConfig> DevicePortConfig = new(AgentNames.Monitor, Persistent: true);
}
