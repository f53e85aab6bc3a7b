using System.Text.Json;
using System.Text.Json.Serialization;
using NUnit.Framework;

namespace Eve.Tests;

public sealed record Named(string Name = "", ValueList<string> Notes = default);

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, Converters = [typeof(ValueListConverter<string>)])]
[JsonSerializable(typeof(Named))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class NamedJson : JsonSerializerContext;

public class ValueListTests
{
    [TestCase("""{"Name":"n","Notes":["x","y"]}""")]
    [TestCase("""{"Name":"n","Notes":[]}""")]
    [TestCase("""{"Name":"n","Notes":null}""")]
    public void A_list_is_written_as_it_was_read(string json) =>
        Assert.That(JsonSerializer.Serialize(JsonSerializer.Deserialize(json, NamedJson.Default.Named), NamedJson.Default.Named), Is.EqualTo(json));

    [Test]
    public void What_is_missing_in_the_json_has_the_parameters_default() =>
        Assert.That(JsonSerializer.Deserialize("{}", NamedJson.Default.Named), Is.EqualTo(new Named()));

    [Test]
    public void Records_with_equal_lists_are_equal()
    {
        var other = new Named("n", ["x"]);
        Assert.That(other, Is.EqualTo(new Named("n", ["x"])));
    }
}
