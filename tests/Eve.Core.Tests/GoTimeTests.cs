using System.Text.Json;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests;

public class GoTimeTests
{
    [TestCase("0001-01-01T00:00:00Z")]
    [TestCase("2026-11-24T08:13:43.123456789Z")]
    [TestCase("2026-11-24T08:13:43.000000001Z")]
    [TestCase("2026-11-24T08:13:43.1+01:00")]
    [TestCase("2026-11-24T08:13:43-09:30")]
    [TestCase("2024-02-29T23:59:59.5Z")]
    [TestCase("9999-12-31T23:59:59.999999999Z")]
    public void A_time_is_written_as_it_was_read(string text) => Assert.That(GoTime.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("")]
    [TestCase("2026-11-24")]
    [TestCase("2026-11-24 08:13:43Z")]
    [TestCase("2026-11-24T08:13:43")]
    [TestCase("2026-11-24T08:13:43.Z")]
    [TestCase("2026-11-24T08:13:60Z")]
    [TestCase("2026-02-30T08:13:43Z")]
    [TestCase("2026-11-24T08:13:43+1:00")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    [TestCase("2026-11-24T08:13:43Zx")]
    public void What_is_not_rfc_3339_is_refused(string text) => Assert.That(GoTime.TryParse(text, out _), Is.False);

    [Test]
    public void The_default_is_Gos_zero_time()
    {
        Assert.That(default(GoTime).IsZero, Is.True);
        Assert.That(default(GoTime).ToString(), Is.EqualTo("0001-01-01T00:00:00Z"));
        Assert.That((GoTime)DateTimeOffset.MinValue, Is.EqualTo(default(GoTime)));
        Assert.That(default(GoTime).ToDateTimeOffset(), Is.EqualTo(DateTimeOffset.MinValue));
    }

    [Test]
    public void A_DateTimeOffset_goes_through_unchanged()
    {
        var time = new DateTimeOffset(2026, 11, 24, 8, 13, 43, TimeSpan.FromHours(1)).AddTicks(1234567);
        GoTime go = time;
        Assert.That(go.ToString(), Is.EqualTo("2026-11-24T08:13:43.1234567+01:00"));
        Assert.That(go.ToDateTimeOffset().EqualsExact(time), Is.True);
    }

    [Test]
    public void Times_are_ordered_by_instant_to_the_nanosecond()
    {
        var early = GoTime.Parse("2026-11-24T09:00:00.000000001+01:00");
        var late = GoTime.Parse("2026-11-24T08:00:00.000000002Z");
        Assert.Multiple(() =>
        {
            Assert.That(early < late, Is.True);
            Assert.That(late - GoTime.Parse("2026-11-24T07:59:59Z"), Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(GoTime.Parse("2026-11-24T09:00:00+01:00"), Is.Not.EqualTo(GoTime.Parse("2026-11-24T08:00:00Z")));
            Assert.That(GoTime.Parse("2026-11-24T09:00:00+01:00").CompareTo(GoTime.Parse("2026-11-24T08:00:00Z")), Is.Zero);
        });
    }

    [TestCase("2026-11-24T08:00:00.9Z", 200, "2026-11-24T08:00:01.1Z")]
    [TestCase("2026-11-24T08:00:00.1Z", -200, "2026-11-24T07:59:59.9Z")]
    [TestCase("2026-11-24T08:00:00.000000001Z", 1000, "2026-11-24T08:00:01.000000001Z")]
    public void Spans_are_added_without_losing_nanoseconds(string time, int milliseconds, string sum) =>
        Assert.That((GoTime.Parse(time) + TimeSpan.FromMilliseconds(milliseconds)).ToString(), Is.EqualTo(sum));

    [Test]
    public void Unix_seconds_go_both_ways() => Assert.That(GoTime.FromUnix(1_700_000_000, 5).UnixSeconds, Is.EqualTo(1_700_000_000));

    [Test]
    public void A_text_that_is_no_time_is_an_error_of_the_json() =>
        Assert.That(() => JsonSerializer.Deserialize("""{"Time":"yesterday"}""", CollectInfoCmd.Json), Throws.InstanceOf<JsonException>());

    [Test]
    public void An_escaped_time_is_read() =>
        Assert.That(JsonSerializer.Deserialize("""{"Time":"2026-11-24T08:13:43\u005a"}""", CollectInfoCmd.Json)!.Time, Is.EqualTo(GoTime.Parse("2026-11-24T08:13:43Z")));
}
