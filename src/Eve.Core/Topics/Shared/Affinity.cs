using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<Affinity>))]
public enum Affinity : byte
{
    PreferredDuringScheduling = 0,
    RequiredDuringScheduling = 1,
}
