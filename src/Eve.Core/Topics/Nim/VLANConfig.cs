using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record VLANConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] string ParentPort = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] ushort ID = 0);
