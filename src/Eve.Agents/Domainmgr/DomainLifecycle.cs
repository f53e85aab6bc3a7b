using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>
/// What is done with a domain: from what is wanted, what is there and when, to what is published and the next call (applications.md 9.2-9.4, walk-app.md 19, 31, 38, 39).
/// A call at a time; between two calls everything is looked at anew, so that a delete hurries what a halt began.
/// </summary>
internal static class DomainLifecycle
{
    /// <summary>The next state and call of a domain for which no job runs.</summary>
    public static (Domain Domain, Step Step) Next(Domain domain, DomainConfig? config, Wish wish, Moment moment)
    {
        domain = Follow(Observe(domain, wish, moment), config, wish);
        return (domain.Phase, wish) switch
        {
            (Phase.Ended, _) => (domain, moment.Elapsed >= domain.Due ? Step.Forget : Step.None),
            (_, Wish.Keep) => (domain, Step.None),
            (Phase.Down, Wish.Run) => Start(domain, config!, moment),
            (Phase.Down, Wish.Remove) => (domain, Step.Remove),
            (Phase.Up, Wish.Stop or Wish.Remove) => Ask(domain, moment),
            (Phase.Asked, _) => Remind(domain, wish, moment),
            (Phase.Ending, _) => (domain, moment.Elapsed >= domain.Due ? Step.Destroy : Step.None),
            _ => (domain, Step.None),
        };
    }

    /// <summary>When <see cref="Next"/> has to be asked again though nothing changes; null for never.</summary>
    public static TimeSpan? WakeAt(Domain domain, TimeSpan now) => domain.Due > now && domain.Due < TimeSpan.MaxValue ? domain.Due : null;

    /// <summary>What a job's result makes of a domain.</summary>
    public static Domain Done(Domain domain, StepResult result, Moment moment)
    {
        domain = domain with { Guest = result.Guest };
        return result.Step switch
        {
            Step.Start when result.Failure is { } failure => StartFailed(domain, failure, moment),
            Step.Start when domain.IsAlive => Up(domain with { Attempts = 0 }, moment),
            Step.Start => domain with { Phase = Phase.Up, Attempts = 0 },        // it ended at once: seen as a death in the next turn
            Step.Destroy when domain.IsAlive => domain with
            {
                Due = moment.Elapsed + moment.Options.LookInterval,
                Status = DomainStatuses.StuckAlive(domain.Status, result.Failure, moment),
            },
            Step.Forget when result.Failure is { } failure => Again(domain, failure, moment),
            Step.Forget => domain with { Phase = Phase.Down, Guest = null, Due = domain.Status.BootFailed ? domain.Since + moment.BootRetry : default },
            _ => domain,
        };
    }

    // What is seen outweighs what was believed.
    static Domain Observe(Domain domain, Wish wish, Moment moment) => domain switch
    {
        { IsAlive: true, Phase: Phase.Down or Phase.Starting or Phase.Ended } => Up(domain, moment),
        // Before it is known whether it was to end, nobody is told that it failed.
        { IsAlive: false, Phase: Phase.Up } when wish == Wish.Keep => domain,
        { IsAlive: false, Phase: Phase.Up } when wish != Wish.Run => Ended(domain with { Status = DomainStatuses.Halted(domain.Status) }, moment),
        { IsAlive: false, Phase: Phase.Up } => Ended(domain with { Status = DomainStatuses.Died(domain.Status, domain.Guest, moment) }, moment),
        { IsAlive: false, Phase: Phase.Asked or Phase.Ending } => Ended(domain with { Status = DomainStatuses.Halted(domain.Status) }, moment),
        { Phase: Phase.Starting } => domain with { Phase = Phase.Down },
        _ => domain,
    };

    static Domain Follow(Domain domain, DomainConfig? config, Wish wish)
    {
        var status = config is null ? domain.Status : DomainStatuses.Named(domain.Status, config);
        return (domain.Phase, wish) switch
        {
            (Phase.Up, Wish.Run) => domain with { Status = status, Tried = domain.Tried ?? config },
            (Phase.Up or Phase.Asked or Phase.Ending, Wish.Stop or Wish.Remove) => domain with { Status = DomainStatuses.Halting(status, wish) },
            (Phase.Down, Wish.Stop) => domain with { Status = DomainStatuses.Halted(status), Tried = null, Due = default },
            _ => domain with { Status = status },
        };
    }

    static Domain Up(Domain domain, Moment moment) => domain with
    {
        Phase = Phase.Up, Since = moment.Elapsed, Due = default, Status = DomainStatuses.Running(domain.Status, domain.Guest!, moment),
    };

    static Domain Ended(Domain domain, Moment moment) => domain with { Phase = Phase.Ended, Since = moment.Elapsed, Due = moment.Elapsed };

    static (Domain, Step) Start(Domain domain, DomainConfig config, Moment moment)
    {
        if (config == domain.Tried && moment.Elapsed < domain.Due)
            return (domain, Step.None);
        var attempts = config == domain.Tried ? domain.Attempts : 0;
        if (VmSizing.Refusal(config) is { } refusal)
            return (StartFailed(domain with { Tried = config, Attempts = 0 }, new(FailureKind.Refused, refusal), moment), Step.None);
        var starting = domain with
        {
            Phase = Phase.Starting, Since = moment.Elapsed, Tried = config, Attempts = attempts + 1, Status = DomainStatuses.Starting(config, domain.Status),
        };
        return (starting, Step.Start);
    }

    static Domain StartFailed(Domain domain, Failure failure, Moment moment)
    {
        domain = domain with { Phase = Phase.Down, Since = moment.Elapsed };
        var again = failure.Kind == FailureKind.Guest && domain.Attempts < moment.Options.StartAttempts;
        if (again)
            return domain with { Due = moment.Elapsed + moment.Options.StartPause };
        var pause = failure.Kind switch
        {
            FailureKind.Refused => TimeSpan.MaxValue,
            FailureKind.Preparation => moment.Options.LookInterval,
            _ => moment.BootRetry,
        };
        return domain with
        {
            Attempts = 0, Due = pause == TimeSpan.MaxValue ? pause : moment.Elapsed + pause, Status = DomainStatuses.NotStarted(domain.Status, failure, pause, moment),
        };
    }

    static (Domain, Step) Ask(Domain domain, Moment moment) =>
        (domain with { Phase = Phase.Asked, Since = moment.Elapsed, Due = moment.Elapsed + moment.Options.ButtonInterval }, Step.PressButton);

    static (Domain, Step) Remind(Domain domain, Wish wish, Moment moment)
    {
        var deadline = domain.Since + (wish == Wish.Remove ? moment.Options.DeletePatience : moment.Options.StopPatience);
        if (moment.Elapsed >= deadline)
            return (domain with { Phase = Phase.Ending, Since = moment.Elapsed, Due = moment.Elapsed }, Step.Destroy);
        if (moment.Elapsed < domain.Due)
            return (domain with { Due = domain.Due < deadline ? domain.Due : deadline }, Step.None);
        var next = moment.Elapsed + moment.Options.ButtonInterval;
        return (domain with { Due = next < deadline ? next : deadline }, Step.PressButton);
    }

    static Domain Again(Domain domain, Failure failure, Moment moment) => domain with
    {
        Due = moment.Elapsed + moment.Options.LookInterval,
        Status = domain.Status.With(new ErrorDescription(failure.Text, moment.Now, ErrorSeverity.Error)),
    };
}
