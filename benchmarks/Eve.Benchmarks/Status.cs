using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Benchmarks;

/// <summary>1 KB in memory, in eight texts; two of them differ in what is compared last, so that comparing costs its whole price.</summary>
public sealed record Status(
    string Key, string Name, string State, string Address, string Gateway, string Host, string Interface, string Error, long Counter) : ITopic<Status>
{
    public static readonly Topic<Status> Topic = new("bench");

    public static JsonTypeInfo<Status> Json => BenchJson.Default.Status;

    /// <summary>A value that shares no text with any other.</summary>
    public static Status Of(string key, long counter) => new(key, Text('n'), Text('s'), Text('a'), Text('g'), Text('h'), Text('i'), Text('e'), counter);

    static string Text(char letter) => new(letter, 64);
}

[JsonSerializable(typeof(Status))]
sealed partial class BenchJson : JsonSerializerContext;
