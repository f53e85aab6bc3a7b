using System.Text.Json;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests;

public class GoDurationTests
{
    [Test]
    public void It_is_whole_nanoseconds_on_the_wire()
    {
        var status = JsonSerializer.Deserialize("""{"RemainingTestTime":600000000001}""", NodeAgentStatus.Json)!;
        Assert.That(status.RemainingTestTime.Nanoseconds, Is.EqualTo(600_000_000_001));
        Assert.That(status.RemainingTestTime.ToTimeSpan(), Is.EqualTo(TimeSpan.FromMinutes(10)));
        Assert.That(JsonSerializer.Serialize(status, NodeAgentStatus.Json), Does.Contain("600000000001"));
    }

    [Test]
    public void A_TimeSpan_becomes_one() => Assert.That(((GoDuration)TimeSpan.FromSeconds(1)).Nanoseconds, Is.EqualTo(1_000_000_000));

    [Test]
    public void What_Go_cannot_hold_is_refused() => Assert.That(() => (GoDuration)TimeSpan.MaxValue, Throws.TypeOf<OverflowException>());
}
