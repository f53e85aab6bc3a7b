using Eve.Agents.Shared;
using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Topics;
using Google.Protobuf;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>What became of a fetch.</summary>
internal enum FetchOutcome
{
    /// <summary>A configuration that is to be applied.</summary>
    Fresh,

    /// <summary>The one that is in force.</summary>
    Unchanged,

    /// <summary>One from before the one in force.</summary>
    Obsolete,

    /// <summary>Something that is no configuration for this device.</summary>
    Invalid,

    /// <summary>No answer, or a refusal.</summary>
    Failed,
}

/// <summary>A fetch, judged.</summary>
/// <param name="Led">What the LED shows from now on; null: what it showed.</param>
internal sealed record FetchVerdict(FetchOutcome Outcome, Wire.ConfigResponse? Response = null, string Error = "", LedBlinkCount? Led = null)
{
    /// <summary>The controller was there, and has nothing against this device.</summary>
    public bool IsContact => Outcome is FetchOutcome.Fresh or FetchOutcome.Unchanged or FetchOutcome.Obsolete;
}

/// <summary>Judges what the controller answers, and what was saved (controller.md 2.2).</summary>
internal static class FetchVerdicts
{
    /// <summary>Judges an answer.</summary>
    /// <param name="answer">It.</param>
    /// <param name="device">This device.</param>
    /// <param name="hash">Of the configuration in force.</param>
    /// <param name="newest">Time stamp of the configuration in force.</param>
    public static FetchVerdict Of(ControllerAnswer answer, Guid device, string hash, DateTimeOffset? newest)
    {
        if (answer.NotModified)
            return new(FetchOutcome.Unchanged, Led: LedBlinkCount.Onboarded);
        if (answer.BadEnvelope)
            return new(FetchOutcome.Invalid, Error: answer.Error, Led: LedBlinkCount.InvalidAuthContainer);
        if (!answer.Succeeded && answer.HttpCode is >= 200 and < 300)
            return Unreadable(answer.Error);
        if (!answer.Succeeded)
            return new(FetchOutcome.Failed, Error: answer.Error);
        return Of(answer.Payload, device, hash, newest);
    }

    /// <summary>Judges the content of an envelope.</summary>
    public static FetchVerdict Of(byte[] payload, Guid device, string hash, DateTimeOffset? newest)
    {
        Wire.ConfigResponse response;
        try
        {
            response = Wire.ConfigResponse.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            return Unreadable($"the answer is no configuration: {e.Message}; look at the controller");
        }
        if (hash.Length > 0 && response.ConfigHash == hash)
            return new(FetchOutcome.Unchanged, Led: LedBlinkCount.Onboarded);
        if (response.Config is not { } config)
            return Unreadable("the answer has no configuration in it; look at the controller");
        if (DeviceFields.Refusal(config, device) is { } refusal)
            return Unreadable(refusal);
        return config.ConfigTimestamp?.ToDateTimeOffset() < newest
            ? new(FetchOutcome.Obsolete, Error: $"the configuration of {config.ConfigTimestamp.ToDateTimeOffset():u} is older than the one in force, of {newest:u}; send a newer one")
            : new(FetchOutcome.Fresh, response, Led: LedBlinkCount.Onboarded);
    }

    /// <summary>Which saved configuration is tried first: the one that was in force when the device went down, or the one before it if that may have been the cause.</summary>
    public static IReadOnlyList<ConfigFile> SavedOrder(BootReason reason) => reason is
        BootReason.RebootCmd or BootReason.Update or BootReason.Disconnect or BootReason.Kernel or BootReason.PowerFail or BootReason.Unknown
        or BootReason.PoweroffCmd or BootReason.KubeTransition
            ? [ConfigFile.LastConfig, ConfigFile.LastConfigBackup]
            : [ConfigFile.LastConfigBackup, ConfigFile.LastConfig];

    static FetchVerdict Unreadable(string error) => new(FetchOutcome.Invalid, Error: error, Led: LedBlinkCount.ConnectedToController);
}
