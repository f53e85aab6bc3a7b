using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using Google.Protobuf;
using NUnit.Framework;
using Wire = Eve.Api.Config;

namespace Eve.Tests.Zedagent.ConfigParsing;

/// <summary>Each folder of Golden holds a configuration and the topics that follow. A folder without topics.json gets one, and fails until it has been read.</summary>
public class GoldenTests
{
    static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid s_device = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    static readonly JsonSerializerOptions s_form = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    static IEnumerable<string> Cases => Directory.GetDirectories(Folder()).Select(f => Path.GetFileName(f)!).Order();

    [TestCaseSource(nameof(Cases))]
    public void A_configuration_becomes_topics(string name)
    {
        var config = JsonParser.Default.Parse<Wire.EdgeDevConfig>(File.ReadAllText(Path.Combine(Folder(), name, "config.json")));
        // The way of the wire, unknown enum values included.
        config = Wire.EdgeDevConfig.Parser.ParseFrom(config.ToByteArray());
        var parsed = ConfigParser.Parse(config, ConfigParser.Items(config, null, ConfigSource.Controller), new ParseInputs(s_now, s_device));
        var actual = ToJson(parsed).ToJsonString(s_form) + "\n";

        var file = Path.Combine(Folder(), name, "topics.json");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, actual);
            Assert.Fail($"{file} is new: read it, and keep it if it is right.");
        }
        Assert.That(actual, Is.EqualTo(File.ReadAllText(file)));
    }

    static JsonObject ToJson(ParsedConfig parsed)
    {
        var all = new JsonObject();
        Add(all, parsed.CipherContexts);
        Add(all, parsed.Datastores);
        Add(all, [parsed.PhysicalIos]);
        Add(all, parsed.Networks);
        all[nameof(DevicePortConfig)] = JsonSerializer.SerializeToNode(parsed.Ports, DevicePortConfig.Json);
        Add(all, parsed.NetworkInstances);
        Add(all, parsed.ContentTrees);
        Add(all, parsed.Volumes);
        Add(all, parsed.Apps);
        if (parsed.Node is { } node)
            Add(all, [node]);
        all["Faults"] = new JsonArray([.. parsed.Faults.Select(f => JsonValue.Create($"{f.Section} | {f.Key} | {f.Name} | {f.Text}"))]);
        return all;
    }

    static void Add<T>(JsonObject all, IEnumerable<T> values) where T : class, ITopic<T>
    {
        var keys = new JsonObject(values.Select(v => KeyValuePair.Create(v.Key, JsonSerializer.SerializeToNode(v, T.Json))));
        if (keys.Count > 0)
            all[typeof(T).Name] = keys;
    }

    static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden");
}
