using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Client;

/// <summary>What the client does next.</summary>
internal enum OnboardingStep
{
    Wait,
    FetchCerts,
    Register,
    GetUuid,
    Finish,
}

/// <summary>How far the client has come. A new boot starts anew.</summary>
internal sealed record OnboardingProgress
{
    /// <summary>The controller that all this is about.</summary>
    public string Server { get; init; } = "";

    /// <summary>Its certificates were fetched and proven in this life.</summary>
    public bool HasCerts { get; init; }

    /// <summary>Register was answered well, or need not be asked.</summary>
    public bool Registered { get; init; }

    /// <summary>Register was answered badly in this round: uuid is asked all the same, and leaves the LED alone.</summary>
    public bool RegisterRefused { get; init; }

    /// <summary>The certificates of this round are fresh: an unknown signer then waits like any failure.</summary>
    public bool CertsAreFresh { get; init; }

    /// <summary>Rounds that failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>No round begins before, unless the network changes.</summary>
    public TimeSpan NextRound { get; init; }

    /// <summary>A round is under way.</summary>
    public bool InRound { get; init; }

    /// <summary>Who this device is.</summary>
    public DeviceName? Name { get; init; }

    /// <summary>What the LED is to show; null: as before.</summary>
    public LedBlinkCount? Led { get; init; }
}

/// <summary>What the client knows of the device at one turn.</summary>
internal sealed record OnboardingFacts
{
    /// <summary>Since the client's start.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>From /config/server; empty while there is none.</summary>
    public string Server { get; init; } = "";

    /// <summary>An onboarding pair is there.</summary>
    public bool CanRegister { get; init; }

    /// <summary>Trying makes sense.</summary>
    public bool HasNetwork { get; init; }

    /// <summary>The network is another one than at the turn before: tried at once.</summary>
    public bool NetworkChanged { get; init; }

    /// <summary>Nim has reached the controller.</summary>
    public bool IsOnline { get; init; }

    /// <summary>The name from an earlier boot.</summary>
    public DeviceName? Known { get; init; }

    /// <summary>Saved controller certificates are there and proven.</summary>
    public bool HasSavedCerts { get; init; }
}

/// <summary>The client's decisions (walk-device.md, steps 7 to 10, 25).</summary>
internal static class Onboarding
{
    public static readonly TimeSpan OfflineAfter = TimeSpan.FromSeconds(5), ShortestPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(600);

    /// <summary>/config/server is looked at so often while there is nothing to try.</summary>
    static readonly TimeSpan ServerInterval = TimeSpan.FromSeconds(10);

    /// <summary>The next step; the progress is that of a new round if one begins.</summary>
    public static (OnboardingProgress Progress, OnboardingStep Step) Next(OnboardingProgress progress, OnboardingFacts facts, ClientArguments arguments)
    {
        if (progress.Server != facts.Server)
            progress = new() { Server = facts.Server };
        if (!facts.CanRegister || !arguments.SelfRegister)
            progress = progress with { Registered = true };
        if (progress.Name is null && GoesOffline(facts, arguments))
            progress = progress with { Name = facts.Known };
        if (progress.Name is not null)
            return (progress, OnboardingStep.Finish);
        if (!progress.InRound)
        {
            if (!facts.HasNetwork || facts.Server.Length == 0 || (facts.Elapsed < progress.NextRound && !facts.NetworkChanged))
                return (progress, OnboardingStep.Wait);
            progress = progress with { InRound = true, RegisterRefused = false, CertsAreFresh = false };
        }
        return (progress, progress switch
        {
            { HasCerts: false } => OnboardingStep.FetchCerts,
            { Registered: false, RegisterRefused: false } => OnboardingStep.Register,
            _ when arguments.GetUuid => OnboardingStep.GetUuid,
            _ => OnboardingStep.Finish,
        });
    }

    /// <summary>When to look again without being woken.</summary>
    public static TimeSpan Wake(OnboardingProgress progress, OnboardingFacts facts)
    {
        var due = !progress.InRound && progress.NextRound > facts.Elapsed ? progress.NextRound : facts.Elapsed + ServerInterval;
        return facts.Elapsed < OfflineAfter && OfflineAfter < due ? OfflineAfter : due;
    }

    /// <summary>A device that was onboarded once starts without its controller.</summary>
    static bool GoesOffline(OnboardingFacts facts, ClientArguments arguments) =>
        arguments.GetUuid && facts.Elapsed >= OfflineAfter && facts is { IsOnline: false, Known: not null, HasSavedCerts: true };

    /// <summary>The certificates came and were proven, or not.</summary>
    public static OnboardingProgress AfterCerts(OnboardingProgress progress, bool proven, TimeSpan elapsed, double random) => proven
        ? progress with { HasCerts = true, CertsAreFresh = true, Led = null }
        : Failed(progress, elapsed, random) with { Led = LedBlinkCount.InvalidControllerCert };

    /// <summary>Register was answered, or not: what a server answered badly may still be known by uuid.</summary>
    public static OnboardingProgress AfterRegister(OnboardingProgress progress, ControllerAnswer answer, TimeSpan elapsed, double random)
    {
        var led = ControllerLeds.Register(answer);
        return answer switch
        {
            { Succeeded: true, NotModified: false } => progress with { Registered = true, Led = led },
            { Answered: true, BadEnvelope: false } => progress with { RegisterRefused = true, Led = led },
            _ => Failed(progress, elapsed, random) with { Led = led },
        };
    }

    /// <summary>Uuid was answered, or not.</summary>
    public static OnboardingProgress AfterUuid(OnboardingProgress progress, ControllerAnswer answer, DeviceName? name, TimeSpan elapsed, double random)
    {
        if (name is not null)
            return progress with { Name = name, Led = LedBlinkCount.Onboarded };
        var failed = Failed(progress, elapsed, random);
        if (answer.Status == SenderStatus.CertMiss)
            failed = failed with { HasCerts = false, NextRound = progress.CertsAreFresh ? failed.NextRound : elapsed + ShortestPause };
        var led = answer.Succeeded ? LedBlinkCount.ConnectedToController : ControllerLeds.Onboarding(answer);
        return failed with { Led = progress.RegisterRefused ? null : led };
    }

    static OnboardingProgress Failed(OnboardingProgress progress, TimeSpan elapsed, double random) => progress with
    {
        InRound = false,
        Failures = progress.Failures + 1,
        NextRound = elapsed + BackOff.Pause(progress.Failures + 1, ShortestPause, LongestPause, random),
    };

    /// <summary>Whether nim says that trying makes sense.</summary>
    public static bool IsUsable(DeviceNetworkStatus? network) =>
        network is { State: DPCState.Success or DPCState.FailWithIpAndDns or DPCState.RemoteWait } && ManagementPorts.Of(network).Count > 0;

    /// <summary>The controller's word, else what was known, else the machine's.</summary>
    public static string Model(DeviceName name, string known, string machine) => name.Model.Length > 0 ? name.Model : known.Length > 0 ? known : machine;
}
