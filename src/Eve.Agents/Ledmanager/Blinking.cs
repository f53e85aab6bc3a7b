using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Ledmanager;

/// <summary>How the apps are, as their light shows it.</summary>
internal enum AppLight
{
    Off,
    Running,
    Starting,
    Stopping,
    Failing,
}

/// <summary>The lights of an app light at a moment.</summary>
internal readonly record struct Lights(bool Green, bool Red);

/// <summary>What the lights show and when they change (device-agents.md 4.1).</summary>
internal static class Blinking
{
    static readonly TimeSpan Half = TimeSpan.FromMilliseconds(200), Pause = TimeSpan.FromMilliseconds(1200);

    /// <summary>How often the light blinks: how far the device has come.</summary>
    public static LedBlinkCount Count(DeviceNetworkStatus? network, LedBlinkCount progress) => LedProgress.Of(network, progress);

    /// <summary>What the apps' light shows: the worst of them.</summary>
    public static AppLight Of(AppInstanceSummary? apps) => apps switch
    {
        { TotalError: > 0 } => AppLight.Failing,
        { TotalStopping: > 0 } => AppLight.Stopping,
        { TotalStarting: > 0 } => AppLight.Starting,
        { TotalRunning: > 0 } => AppLight.Running,
        _ => AppLight.Off,
    };

    /// <summary>Whether the light is on so long after the pattern began, and how long it stays so.</summary>
    public static (bool On, TimeSpan For) Device(int count, TimeSpan since)
    {
        var blinking = 2 * count * Half;
        var within = TimeSpan.FromTicks(since.Ticks % (blinking + Pause).Ticks);
        if (within >= blinking)
            return (false, blinking + Pause - within);
        return (within.Ticks / Half.Ticks % 2 == 0, Half - TimeSpan.FromTicks(within.Ticks % Half.Ticks));
    }

    /// <summary>The same for the apps' light; null: it stays as it is.</summary>
    public static (Lights Lights, TimeSpan? For) Apps(AppLight light, TimeSpan since)
    {
        var on = since.Ticks / Half.Ticks % 2 == 0;
        var left = Half - TimeSpan.FromTicks(since.Ticks % Half.Ticks);
        return light switch
        {
            AppLight.Failing => (new(false, true), null),
            AppLight.Stopping => (new(on, on), left),
            AppLight.Starting => (new(on, false), left),
            AppLight.Running => (new(true, false), null),
            _ => (default, null),
        };
    }
}
