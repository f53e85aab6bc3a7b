using System.Text.Json;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests;

public class ValueMapTests
{
    [Test]
    public void Maps_are_equal_in_whatever_order()
    {
        ValueMap<string, int> one = [new("a", 1), new("b", 2)];
        ValueMap<string, int> other = [new("b", 2), new("a", 1)];
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one.With("b", 3), Is.Not.EqualTo(other));
        Assert.That(one.Without("b"), Is.EqualTo(new ValueMap<string, int>([new("a", 1)])));
    }

    [Test]
    public void A_nil_map_equals_an_empty_one_and_is_readable()
    {
        ValueMap<string, int> nil = default;
        Assert.That(nil, Is.EqualTo(new ValueMap<string, int>([])));
        Assert.That(nil.TryGetValue("a", out _), Is.False);
        Assert.That(nil.With("a", 1)["a"], Is.EqualTo(1));
        Assert.That(() => nil["a"], Throws.TypeOf<KeyNotFoundException>());
    }

    [TestCase("""{"PortCount":null}""", "\"VlanCounts\":null")]
    [TestCase("""{"VlanCounts":{}}""", "\"VlanCounts\":{}")]
    [TestCase("""{"VlanCounts":{"20":2,"100":1,"3":3}}""", "\"VlanCounts\":{\"100\":1,\"20\":2,\"3\":3}")]
    public void It_is_written_as_it_was_read_with_its_keys_sorted(string json, string written)
    {
        var metrics = JsonSerializer.Deserialize($$"""{"VlanMetrics":{{json}}}""", NetworkInstanceMetrics.Json)!;
        Assert.That(JsonSerializer.Serialize(metrics, NetworkInstanceMetrics.Json), Does.Contain(written));
    }

    [TestCase("""{"VlanMetrics":{"VlanCounts":{"x":1}}}""")]
    [TestCase("""{"VlanMetrics":{"VlanCounts":[1]}}""")]
    public void What_is_no_such_map_is_refused(string json) =>
        Assert.That(() => JsonSerializer.Deserialize(json, NetworkInstanceMetrics.Json), Throws.InstanceOf<JsonException>());
}
