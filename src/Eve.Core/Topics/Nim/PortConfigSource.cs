using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record PortConfigSource(
    [property: JsonIgnore(Condition = WhenWritingDefault)] NetworkConfigOrigin Origin = default,
    GoTime SubmittedAt = default);

public enum NetworkConfigOrigin : byte
{
    Unspecified = 0,
    Controller = 1,
    Bootstrap = 2,
    Override = 3,
    LastResort = 4,
    Tui = 5,
    Loc = 6,
    Lps = 7,
}
