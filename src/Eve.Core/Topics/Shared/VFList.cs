using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record VFList(
    [property: JsonIgnore(Condition = WhenWritingDefault)] byte Count = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<EthVF> Data = default);
