using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EncryptedVaultKeyFromController(
    string Name = "",
    Bytes EncryptedVaultKey = default,
    VaultKeyPolicyPCR? PolicyPcr = null) : ITopic<EncryptedVaultKeyFromController>
{
    public VaultKeyPolicyPCR PolicyPcr { get; init; } = PolicyPcr ?? new();

    public string Key => Name;
    public static JsonTypeInfo<EncryptedVaultKeyFromController> Json => EveJson.EncryptedVaultKeyFromController;
}

public sealed record VaultKeyPolicyPCR(bool PolicyPresent = false, ValueList<int> Indexes = default, int ID = 0);
