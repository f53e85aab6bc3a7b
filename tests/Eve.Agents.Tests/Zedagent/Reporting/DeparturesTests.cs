using Eve.Agents.Zedagent.Reporting;
using NUnit.Framework;

namespace Eve.Tests.Zedagent.Reporting;

public class DeparturesTests
{
    static readonly HashSet<string> s_present = ["app:here"];

    static IReadOnlyList<string> Of(string[] reported, params ObjectKind[] kinds) => Departures.Of(reported, s_present, kinds);

    [Test]
    public void What_was_reported_and_is_neither_there_nor_named_is_gone() =>
        Assert.That(Of(["app:here", "app:wanted", "app:gone"], new ObjectKind("app", true, ["wanted"])), Is.EqualTo(new[] { "app:gone" }));

    [Test]
    public void Of_a_kind_that_is_not_known_nothing_is_gone() =>
        Assert.That(Of(["app:gone", "volume:gone"], new ObjectKind("app", false, []), new ObjectKind("volume", true, [])), Is.EqualTo(new[] { "volume:gone" }));

    [Test]
    public void What_is_of_no_kind_is_not_judged() =>
        Assert.That(Of(["device", "", "teapot:a", ":"], new ObjectKind("app", true, [])), Is.Empty);

    [Test]
    public void An_id_with_a_colon_is_one_id() =>
        Assert.That(Of(["data:a:b", "data:a:c"], new ObjectKind("data", true, ["a:b"])), Is.EqualTo(new[] { "data:a:c" }));
}
