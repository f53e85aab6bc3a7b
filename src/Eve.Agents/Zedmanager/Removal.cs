using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>The end of an application whose configuration is gone: domain, then network, then volumes, each once the one before is away (walk-app.md 39).</summary>
internal static class Removal
{
    /// <summary>Null: nothing is left of it.</summary>
    public static App? Next(App app, Facts facts)
    {
        app = app with { Domain = null, WakeAt = null };
        if (!facts.DomainsKnown || facts.Domain is not null)
            return app with { Status = Stopping(app.Status, facts.Domain) };
        app = app with { Network = null };
        if (!facts.NetworksKnown || facts.Network is not null)
            return app with { Status = app.Status with { Activated = false, State = SwState.Halted } };
        return null;
    }

    static AppInstanceStatus Stopping(AppInstanceStatus status, DomainStatus? domain) => status.With(domain?.ToErrorDescription() ?? ErrorDescription.None) with
    {
        State = domain?.State is >= SwState.Halting ? domain.State : SwState.Halting, Activated = domain is { Activated: true },
        ErrorSourceType = domain is { Error.Length: > 0 } ? nameof(DomainStatus) : "",
    };
}
