using Eve.Agents.Zedrouter;
using NUnit.Framework;

namespace Eve.Tests.Zedrouter;

public class FilterPartTests
{
    static readonly FilterPart Part = new("nbu1x1", "bn1", "nbu1x1", [new("set", "inet", "h4_1"), new("counter", "inet", "tx_drop"), new("counter", "inet", "rx_drop")], [], []);

    [TestCase(true, "")]
    [TestCase(true, "tx_drop")]
    [TestCase(false, "tx_drop rx_drop")]
    [TestCase(false, "tx_drop rx_drop spoof")]
    public void A_filter_is_lost_when_a_counter_of_it_is_not_there(bool lost, string counters) =>
        Assert.That(FilterPart.IsLost([Part], new NetworkCounts([], counters.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(c => c, _ => 0ul))), Is.EqualTo(lost));

    [Test]
    public void Nothing_is_lost_where_nothing_was() => Assert.That(FilterPart.IsLost([], new NetworkCounts([], new Dictionary<string, ulong>())), Is.False);
}
