using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>What becomes of an application that is configured, turn by turn (applications.md 6.2).</summary>
internal static class Application
{
    public static App Next(AppInstanceConfig config, App? known, Facts facts)
    {
        var runs = known?.Domain is not null || facts.Domain is not null;
        var (accepted, complaint) = Acceptance.Of(config, known?.Accepted, facts, runs);
        var former = known?.Status ?? new AppInstanceStatus(State: SwState.Initial, StartTime: facts.Now + config.Delay.ToTimeSpan());
        var app = (known ?? new App(former)) with
        {
            Accepted = accepted,
            WakeAt = null,
            Purge = new UuidToNum(config.UUIDandVersion.UUID, facts.PurgeCounter ?? Acceptance.PurgeCounter(accepted), "purgeCmdCounter"),
            Status = former with
            {
                UUIDandVersion = config.UUIDandVersion, DisplayName = config.DisplayName, FixedResources = accepted.FixedResources, IoAdapterList = accepted.IoAdapterList,
            },
        };
        if (complaint is { Final: true } && !runs)
            return app with { Status = AppErrors.Put(app.Status with { State = SwState.Initial }, complaint, former, facts.Now) };

        var (installed, problem) = Installation.Next(app, facts);
        app = installed;
        if (problem is null || app.Domain is not null)
            (app, problem) = Activation.Next(app, facts, problem);
        return app with { Status = AppErrors.Put(app.Status, complaint ?? problem, former, facts.Now) };
    }
}
