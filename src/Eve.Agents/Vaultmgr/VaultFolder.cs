using Eve.Platform;

namespace Eve.Agents.Vaultmgr;

/// <summary>The folder that the vault is.</summary>
public interface IVaultFolder
{
    /// <summary>Makes it if it is not there.</summary>
    /// <returns>Why it cannot be used; null if it can.</returns>
    string? Open();
}

/// <summary>/persist/vault.</summary>
public sealed class VaultFolder(EvePaths paths) : IVaultFolder
{
    /// <inheritdoc />
    public string? Open()
    {
        try
        {
            DurableFile.MakeFolder(paths.Vault);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The vault {paths.Vault} cannot be made: {exception.Message} Remove what is in its place, or mend the file system.";
        }
    }
}
