using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record CellularAccessPoint(
    [property: JsonIgnore(Condition = WhenWritingDefault)] byte SIMSlot = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Activated = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string APN = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string IPType = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string AuthProtocol = "",
    WwanCleartextCredentials? CleartextCredentials = null,
    CipherBlockStatus? EncryptedCredentials = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> PreferredPLMNs = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> PreferredRATs = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool ForbidRoaming = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string AttachAPN = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string AttachIPType = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string AttachAuthProtocol = "",
    WwanCleartextCredentials? AttachCleartextCredentials = null)
{
    public WwanCleartextCredentials CleartextCredentials { get; init; } = CleartextCredentials ?? new();
    public CipherBlockStatus EncryptedCredentials { get; init; } = EncryptedCredentials ?? new();
    public WwanCleartextCredentials AttachCleartextCredentials { get; init; } = AttachCleartextCredentials ?? new();
}

public sealed record WwanCleartextCredentials(string Username = "", string Password = "");

/// <summary>The values of WwanAuthProtocol, which EVE writes as text.</summary>
public static class WwanAuthProtocol
{
    public const string None = "";
    public const string Pap = "pap";
    public const string Chap = "chap";
    public const string PapAndChap = "pap-and-chap";
}
