using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record SCEPProfile(
    string ProfileName = "",
    string SCEPServerURL = "",
    bool UseControllerProxy = false,
    CipherBlockStatus? EncryptedChallengePassword = null,
    [property: JsonPropertyName("pubsub-large-ProxyCertPEM")] ValueList<Bytes> ProxyCertPEM = default,
    CSRProfile? CSRProfile = null,
    ErrorDescription? ParsingError = null) : ITopic<SCEPProfile>
{
    public CipherBlockStatus EncryptedChallengePassword { get; init; } = EncryptedChallengePassword ?? new();
    public CSRProfile CSRProfile { get; init; } = CSRProfile ?? new();
    public ErrorDescription ParsingError { get; init; } = ParsingError ?? new();

    public string Key => ProfileName;
    public static JsonTypeInfo<SCEPProfile> Json => EveJson.SCEPProfile;
}
