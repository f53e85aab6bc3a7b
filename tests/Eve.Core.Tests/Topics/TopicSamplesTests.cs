using System.Text.Json;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Topics;

/// <summary>
/// EVE's own JSON of its topic types: of the zero value, and of one with every field filled. What is read from it is written back equal.
/// EVE_TOPIC_SAMPLES names another file of samples than the one beside these tests.
/// </summary>
public class TopicSamplesTests
{
    static readonly Dictionary<string, Sample> Samples = ReadSamples();

    static IEnumerable<string> Names => Samples.Keys;

    [TestCaseSource(nameof(Names))]
    public void EVEs_json_is_read_and_written_back(string type)
    {
        var topic = TopicTypes.All[type];
        Assert.Multiple(() =>
        {
            Assert.That(JsonText.Difference(Samples[type].Zero, topic.ReadAndWrite(Samples[type].Zero)), Is.Null, "zero");
            Assert.That(JsonText.Difference(Samples[type].Full, topic.ReadAndWrite(Samples[type].Full)), Is.Null, "full");
        });
    }

    [TestCaseSource(nameof(Names))]
    public void EVEs_zero_value_is_the_records_default(string type) =>
        Assert.That(TopicTypes.All[type].Read(Samples[type].Zero), Is.EqualTo(TopicTypes.All[type].Default()));

    [TestCaseSource(nameof(Names))]
    public void Values_read_twice_are_equal_and_differ_from_the_default(string type)
    {
        var topic = TopicTypes.All[type];
        var value = topic.Read(Samples[type].Full);
        Assert.Multiple(() =>
        {
            Assert.That(topic.Read(Samples[type].Full), Is.EqualTo(value));
            Assert.That(topic.Read(Samples[type].Full).GetHashCode(), Is.EqualTo(value.GetHashCode()));
            Assert.That(topic.Default(), Is.Not.EqualTo(value));
        });
    }

    [Test]
    public void There_are_96_types() => Assert.That(Samples, Has.Count.GreaterThanOrEqualTo(96));

    static Dictionary<string, Sample> ReadSamples()
    {
        var file = Environment.GetEnvironmentVariable("EVE_TOPIC_SAMPLES");
        file = string.IsNullOrEmpty(file) ? Path.Combine(AppContext.BaseDirectory, "Topics", "topic-samples.jsonl") : file;
        return File.ReadLines(file).Where(line => line.Length > 0).Select(Sample.Parse).ToDictionary(sample => sample.Type);
    }

    sealed record Sample(string Type, string Zero, string Full)
    {
        public static Sample Parse(string line)
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new(root.GetProperty("type").GetString()!, root.GetProperty("zero").GetRawText(), root.GetProperty("full").GetRawText());
        }
    }
}
