using System.Reflection;

namespace Eve.Tests.Architecture;

public class TopicTests
{
    static IEnumerable<Type> Topics => TopicRule.Topics(typeof(ITopic<>).Assembly.GetTypes());

    [TestCaseSource(nameof(Topics))]
    public void A_topic_is_a_sealed_record_that_comes_back_from_its_json(Type topic) =>
        Assert.That(TopicRule.Violations(topic), Is.Empty);

    [Test]
    public void All_topics_are_looked_at() => Assert.That(Topics.Count(), Is.GreaterThanOrEqualTo(96));

    [Test]
    public void No_two_descriptors_share_publisher_name_and_scope() =>
        Assert.That(DescriptorRule.Violations(DescriptorRule.Of([.. typeof(ITopic<>).Assembly.GetTypes(), .. Assembly.Load("Eve.Agents").GetTypes()])), Is.Empty);

    [TestCase(typeof(Bad.Topics.Unsealed), "Unsealed is not sealed")]
    [TestCase(typeof(Bad.Topics.Forgotten), "Forgotten has no JSON form")]
    [TestCase(typeof(Bad.Topics.WithArray), "WithArray comes back changed")]
    [TestCase(typeof(Bad.Topics.Lossy), "Lossy comes back changed")]
    [TestCase(typeof(Bad.Topics.NoRecord), "NoRecord is not a record")]
    public void A_bad_topic_is_found(Type topic, string violation) => Assert.That(TopicRule.Violations(topic), Has.Some.StartsWith(violation));

    [Test]
    public void A_good_topic_is_left_alone() => Assert.That(TopicRule.Violations(typeof(Bad.Topics.Good)), Is.Empty);

    [Test]
    public void Twins_are_found_and_nothing_else() =>
        Assert.That(DescriptorRule.Violations(DescriptorRule.Of([typeof(Bad.Topics.BadTopics)])), Is.EqualTo(["nim//Good is declared as BadTopics.Good and BadTopics.Twin"]));
}
