using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record ProxyEntry(
    [property: JsonPropertyName("type"), JsonIgnore(Condition = WhenWritingDefault)] NetworkProxyType Type = default,
    [property: JsonPropertyName("server"), JsonIgnore(Condition = WhenWritingDefault)] string Server = "",
    [property: JsonPropertyName("port"), JsonIgnore(Condition = WhenWritingDefault)] uint Port = 0);

public enum NetworkProxyType : byte
{
    Http = 0,
    Https = 1,
    Socks = 2,
    Ftp = 3,
    NoProxy = 4,
}
