using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record ProxyConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<ProxyEntry> Proxies = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Exceptions = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Pacfile = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool NetworkProxyEnable = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string NetworkProxyURL = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string WpadURL = "",
    [property: JsonPropertyName("pubsub-large-ProxyCertPEM")] ValueList<Bytes> ProxyCertPEM = default);
