using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record IPRange(
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Start = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string End = "");
