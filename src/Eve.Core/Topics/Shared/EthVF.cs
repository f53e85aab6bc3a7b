using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record EthVF(
    [property: JsonIgnore(Condition = WhenWritingDefault)] byte Index = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string PciLong = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Mac = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] ushort VlanID = 0);
