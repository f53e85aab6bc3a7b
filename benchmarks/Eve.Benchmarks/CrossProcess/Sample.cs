using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>A record of 1 KB in JSON.</summary>
public sealed record Sample(
    string Key, long Counter, string Name, string State, string Address, string Gateway, string Host, string Interface, string Error, string Detail) : ITopic<Sample>
{
    public static readonly Topic<Sample> Topic = new("bench");
    public static readonly Topic<Sample> Kept = new("bench", Persistent: true);

    public static JsonTypeInfo<Sample> Json => SampleJson.Default.Sample;

    static readonly string s_text = new('x', 110);

    public static Sample Of(int key, long counter) => new(KeyOf(key), counter, s_text, s_text, s_text, s_text, s_text, s_text, s_text, s_text);

    public static string KeyOf(int key) => "key" + key.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As many samples as there are keys, with one counter.</summary>
    public static Sample[] Set(int keys, long counter) => [.. Enumerable.Range(0, keys).Select(k => Of(k, counter))];
}

[JsonSerializable(typeof(Sample))]
sealed partial class SampleJson : JsonSerializerContext;
