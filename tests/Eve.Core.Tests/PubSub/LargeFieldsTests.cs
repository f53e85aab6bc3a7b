using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Eve.Tests;

public class LargeFieldsTests
{
    const string Whole = """{"a":1,"pubsub-large-Top":"text","inner":{"pubsub-large-Deep":[1,9007199254740993],"b":[]},"list":[{"pubsub-large-In":{"x":"é\n"}},2],"pubsub-large-None":null}""";

    readonly Dictionary<string, byte[]> _files = [];

    [SetUp]
    public void Clear() => _files.Clear();

    string Keep(byte[] content)
    {
        var path = $"/large/{_files.Count}";
        _files[path] = content;
        return path;
    }

    byte[]? Take(string path) => _files.Remove(path, out var content) ? content : null;

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Test]
    public void Each_field_is_a_file_and_its_path_stands_in_its_place_wherever_it_is()
    {
        Assert.That(LargeFields.In(Bytes(Whole)), Is.True);
        var cut = Encoding.UTF8.GetString(LargeFields.Cut(Bytes(Whole), Keep));
        Assert.That(cut, Is.EqualTo(
            """{"a":1,"pubsub-file-Top":"\u0022/large/0\u0022","inner":{"pubsub-file-Deep":"\u0022/large/1\u0022","b":[]},"list":[{"pubsub-file-In":"\u0022/large/2\u0022"},2],"pubsub-large-None":null}"""));
        Assert.That(Encoding.UTF8.GetString(_files["/large/1"]), Is.EqualTo("""{"pubsub-large-Deep":[1,9007199254740993]}"""));
    }

    [Test]
    public void What_comes_back_is_what_went()
    {
        var cut = LargeFields.Cut(Bytes(Whole), Keep);
        Assert.That(LargeFields.OutOf(cut), Is.True);
        var back = LargeFields.Restore(cut, Take);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(back), JsonNode.Parse(Whole)), Is.True, Encoding.UTF8.GetString(back));
        Assert.That(_files, Is.Empty);
    }

    [Test]
    public void A_field_whose_file_is_not_there_is_null()
    {
        var cut = LargeFields.Cut(Bytes("""{"pubsub-large-A":"x","b":2}"""), Keep);
        _files.Clear();
        Assert.That(Encoding.UTF8.GetString(LargeFields.Restore(cut, Take)), Is.EqualTo("""{"pubsub-large-A":null,"b":2}"""));
    }

    [TestCase("""{"a":1}""")]
    [TestCase("[]")]
    public void A_value_without_such_fields_stays_as_it_is(string json)
    {
        Assert.That(LargeFields.In(Bytes(json)) || LargeFields.OutOf(Bytes(json)), Is.False);
        Assert.That(Encoding.UTF8.GetString(LargeFields.Cut(Bytes(json), Keep)), Is.EqualTo(json));
    }

    [TestCase("""{"pubsub-file-A":"no path"}""")]
    [TestCase("""{"pubsub-file-A":3}""")]
    [TestCase("""{"pubsub-file-A":"\"/large/0\""}""")]
    public void A_path_or_file_that_is_none_is_an_error_of_its_own_kind(string json)
    {
        _files["/large/0"] = Bytes("{");
        Assert.That(() => LargeFields.Restore(Bytes(json), Take), Throws.InstanceOf<JsonException>().Or.InstanceOf<InvalidOperationException>());
    }
}
