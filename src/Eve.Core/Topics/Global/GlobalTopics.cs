namespace Eve.Topics;

/// <summary>What every agent may publish.</summary>
public static class GlobalTopics
{
    public static readonly Topic<DevicePortConfig> DevicePortConfig = new("");
    public static readonly Topic<LedBlinkCounter> LedBlinkCounter = new("");
}
