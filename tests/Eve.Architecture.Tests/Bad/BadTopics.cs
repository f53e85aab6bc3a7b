// What the rules must find. Nobody publishes it.
#pragma warning disable CA1852, CA1812, CA1819
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Eve;

namespace Bad.Topics;

record Unsealed(string Name) : ITopic<Unsealed>
{
    public string Key => Name;
    public static JsonTypeInfo<Unsealed> Json => BadJson.Default.Unsealed;
}

sealed record Forgotten(string Name) : ITopic<Forgotten>
{
    public string Key => Name;
    public static JsonTypeInfo<Forgotten> Json => null!;
}

/// <summary>An array compares by reference: equal values would go out again at every turn.</summary>
sealed record WithArray(string[] Names) : ITopic<WithArray>
{
    public string Key => "";
    public static JsonTypeInfo<WithArray> Json => BadJson.Default.WithArray;
}

sealed record Lossy(string Name, [property: JsonIgnore] int Count = 0) : ITopic<Lossy>
{
    public string Key => Name;
    public static JsonTypeInfo<Lossy> Json => BadJson.Default.Lossy;
}

sealed class NoRecord : ITopic<NoRecord>
{
    public string Key => "";
    public static JsonTypeInfo<NoRecord> Json => BadJson.Default.NoRecord;
}

sealed record Good(string Name, int Count, bool? Maybe, DayOfWeek Day, Good? Inner = null) : ITopic<Good>
{
    public string Key => Name;
    public static JsonTypeInfo<Good> Json => BadJson.Default.Good;
}

static class BadTopics
{
    public static readonly Topic<Good> Good = new("nim");
    public static readonly Topic<Good> Twin = new("nim");
    public static readonly Topic<Good> OfAnother = new("zedagent");
    public static readonly Topic<Good> Scoped = new("nim", Scope: "dummy");
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Unsealed))]
[JsonSerializable(typeof(WithArray))]
[JsonSerializable(typeof(Lossy))]
[JsonSerializable(typeof(NoRecord))]
[JsonSerializable(typeof(Good))]
sealed partial class BadJson : JsonSerializerContext;
