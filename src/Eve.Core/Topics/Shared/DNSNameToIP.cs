using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record DNSNameToIP(
    [property: JsonIgnore(Condition = WhenWritingDefault)] string HostName = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> IPs = default);
