namespace Eve.Topics;

/// <summary>What vaultmgr publishes.</summary>
public static class VaultmgrTopics
{
    public static readonly Topic<EncryptedVaultKeyFromDevice> EncryptedVaultKeyFromDevice = new(AgentNames.Vaultmgr);
    public static readonly Topic<VaultConfig> VaultConfig = new(AgentNames.Vaultmgr, Persistent: true);
    public static readonly Topic<VaultStatus> VaultStatus = new(AgentNames.Vaultmgr);
}
