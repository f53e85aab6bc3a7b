using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>How many applications are in which condition, for LEDs and diag.</summary>
internal static class Summary
{
    public static AppInstanceSummary Of(IEnumerable<AppInstanceStatus> apps)
    {
        byte starting = 0, running = 0, stopping = 0, failed = 0;
        foreach (var app in apps)
        {
            if (app.Error.Length > 0)
                failed++;
            else if (app.State is SwState.Halting)
                stopping++;
            else if (app.Activated)
                running++;
            else if (app.ActivateInprogress)
                starting++;
        }
        return new(TotalStarting: starting, TotalRunning: running, TotalStopping: stopping, TotalError: failed);
    }
}
