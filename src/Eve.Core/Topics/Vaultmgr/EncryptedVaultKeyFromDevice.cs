using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EncryptedVaultKeyFromDevice(
    string Name = "",
    Bytes EncryptedVaultKey = default,
    bool IsTpmEnabled = false) : ITopic<EncryptedVaultKeyFromDevice>
{
    public string Key => Name;
    public static JsonTypeInfo<EncryptedVaultKeyFromDevice> Json => EveJson.EncryptedVaultKeyFromDevice;
}
