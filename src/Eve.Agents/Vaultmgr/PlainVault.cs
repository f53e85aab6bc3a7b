using Eve.Topics;

namespace Eve.Agents.Vaultmgr;

/// <summary>What a vault without a TPM says of itself.</summary>
internal static class PlainVault
{
    /// <summary>EVE's name of the one vault (device-agents.md 4.4).</summary>
    public const string Name = "Application Data Store";

    /// <summary>Before the folder is there: what lies in it is not to be used yet.</summary>
    public static readonly VaultStatus Opening = new(
        Name, DataSecAtRestStatus.Disabled, PCRStatus.Disabled, ConversionComplete: false, UnlockMethod: VaultUnlockMethod.NoTpm);

    /// <summary>Nothing to keep at the controller: there is no key.</summary>
    public static readonly EncryptedVaultKeyFromDevice NoKey = new(Name, IsTpmEnabled: false);

    /// <summary>The same error keeps its time.</summary>
    public static VaultStatus Opened(string? error, VaultStatus? former, DateTimeOffset now) => error is null
        ? Opening with { ConversionComplete = true }
        : (Opening with { Status = DataSecAtRestStatus.Error }).With(
            new ErrorDescription(error, former?.Error == error ? former.ErrorTime : now, ErrorSeverity.Error));
}
