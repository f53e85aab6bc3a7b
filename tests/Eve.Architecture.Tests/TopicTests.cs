using System.Reflection;
using System.Text.Json.Serialization;

namespace Eve.Tests.Architecture;

public class TopicTests
{
    static readonly TopicRule s_bad = new(Bad.Topics.BadJson.Default);

    static IEnumerable<Type> Topics => TopicRule.Topics(typeof(ITopic<>).Assembly.GetTypes());

    // EveJsonOther has what no agent of ours uses yet.
    static JsonSerializerContext ContextOf(Type topic) => new[] { "EveJson", "EveJsonOther" }
        .Select(name => typeof(ITopic<>).Assembly.GetType("Eve.Topics." + name)!.GetProperty("Default", BindingFlags.Static | BindingFlags.Public)!.GetValue(null))
        .Cast<JsonSerializerContext>()
        .MinBy(context => context.GetTypeInfo(topic) is null)!;

    [TestCaseSource(nameof(Topics))]
    public void A_topic_is_a_sealed_record_that_round_trips_through_its_context(Type topic) =>
        Assert.That(new TopicRule(ContextOf(topic)).Violations(topic), Is.Empty);

    [Test]
    public void All_topics_are_looked_at() => Assert.That(Topics.Count(), Is.GreaterThanOrEqualTo(96));

    [Test]
    public void No_two_descriptors_share_publisher_name_and_scope() =>
        Assert.That(DescriptorRule.Violations(DescriptorRule.Of([.. typeof(ITopic<>).Assembly.GetTypes(), .. Assembly.Load("Eve.Agents").GetTypes()])), Is.Empty);

    [TestCase(typeof(Bad.Topics.Unsealed), "Unsealed is not sealed")]
    [TestCase(typeof(Bad.Topics.Forgotten), "Forgotten is not in BadJson")]
    [TestCase(typeof(Bad.Topics.WithArray), "WithArray comes back changed")]
    [TestCase(typeof(Bad.Topics.Lossy), "Lossy comes back changed")]
    [TestCase(typeof(Bad.Topics.NoRecord), "NoRecord is not a record")]
    public void A_bad_topic_is_found(Type topic, string violation) => Assert.That(s_bad.Violations(topic), Has.Some.StartsWith(violation));

    [Test]
    public void A_good_topic_is_left_alone() => Assert.That(s_bad.Violations(typeof(Bad.Topics.Good)), Is.Empty);

    [Test]
    public void Twins_are_found_and_nothing_else() =>
        Assert.That(DescriptorRule.Violations(DescriptorRule.Of([typeof(Bad.Topics.BadTopics)])), Is.EqualTo(["nim//Good is declared as BadTopics.Good and BadTopics.Twin"]));
}
