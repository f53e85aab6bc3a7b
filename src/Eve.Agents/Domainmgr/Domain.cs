using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>Where a domain stands.</summary>
internal enum Phase
{
    /// <summary>No guest, and none under way.</summary>
    Down,

    /// <summary>A start is under way.</summary>
    Starting,

    /// <summary>The guest runs.</summary>
    Up,

    /// <summary>The guest was asked to go down.</summary>
    Asked,

    /// <summary>The guest is being ended by force.</summary>
    Ending,

    /// <summary>The guest has ended; the hypervisor and our files are to forget it.</summary>
    Ended,
}

/// <summary>The next call for a domain: one job.</summary>
internal enum Step
{
    None,
    Start,
    PressButton,
    Destroy,
    Forget,
    Remove,
    Look,
}

/// <summary>What is wanted of a domain.</summary>
internal enum Wish
{
    /// <summary>Nobody can say yet: it stays as it is.</summary>
    Keep,
    Run,
    Stop,
    Remove,
}

/// <summary>A domain: what is published of it, and what its next turn must know.</summary>
/// <param name="Status">What is published.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Guest">The guest as last seen; null if there is none.</param>
internal sealed record Domain(DomainStatus Status, Phase Phase = Phase.Down, Guest? Guest = null)
{
    /// <summary>When the present phase began.</summary>
    public TimeSpan Since { get; init; }

    /// <summary>When the next call is due.</summary>
    public TimeSpan Due { get; init; }

    /// <summary>How often the present start was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>The configuration that the last start was made of: another one is tried at once.</summary>
    public DomainConfig? Tried { get; init; }

    public bool IsAlive => Guest is { State: GuestState.Alive };
}

/// <summary>Why a job failed, and so what is done about it.</summary>
internal enum FailureKind
{
    /// <summary>Nothing but another configuration will help.</summary>
    Refused,

    /// <summary>Something outside is missing or wrong: tried again soon.</summary>
    Preparation,

    /// <summary>The guest did not start or stop.</summary>
    Guest,
}

internal sealed record Failure(FailureKind Kind, string Text);

/// <summary>What a job found.</summary>
/// <param name="Step">What it did.</param>
/// <param name="Guest">The guest afterwards.</param>
/// <param name="Failure">Why it did not succeed; null if it did.</param>
internal sealed record StepResult(Step Step, Guest? Guest, Failure? Failure = null);

/// <summary>The moment in which is decided.</summary>
internal readonly record struct Moment(DateTimeOffset Now, TimeSpan Elapsed, TimeSpan BootRetry, DomainmgrOptions Options);
