using Eve.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class AgentDeadlineTests
{
    readonly FakeTimeProvider _time = new();

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    // Each turn asks for the next one; returns how many turns there were.
    static Func<int> StartAlarm(TestDevice device, Action<AgentContext, int> ask)
    {
        var turns = 0;
        device.Start("alarm", TestAgents.Loop(agent =>
        {
            agent.Subscribe(NoteTopics.Notes);
            return () => ask(agent, ++turns);
        }));
        return () => turns;
    }

    async Task AdvanceAsync(TestDevice device, double seconds)
    {
        _time.Advance(Seconds(seconds));
        await device.SettleAsync();
    }

    [Test]
    public async Task A_deadline_brings_a_turn_by_the_devices_clock()
    {
        await using var device = new TestDevice(_time);
        var turns = StartAlarm(device, (agent, _) => agent.WakeAt(agent.Now.AddSeconds(30)));
        await device.SettleAsync();
        await AdvanceAsync(device, 29);
        Assert.That(turns(), Is.EqualTo(1));
        await AdvanceAsync(device, 1);
        Assert.That(turns(), Is.EqualTo(2));
    }

    [Test]
    public async Task Of_several_deadlines_the_first_counts()
    {
        await using var device = new TestDevice(_time);
        var turns = StartAlarm(device, (agent, turn) =>
        {
            agent.WakeAt(agent.Elapsed + Seconds(50));
            if (turn == 1)
                agent.WakeAt(agent.Now.AddSeconds(10));
            agent.WakeAt(agent.Elapsed + Seconds(40));
        });
        await device.SettleAsync();
        await AdvanceAsync(device, 10);
        Assert.That(turns(), Is.EqualTo(2));
        await AdvanceAsync(device, 39);
        Assert.That(turns(), Is.EqualTo(2));
        await AdvanceAsync(device, 1);
        Assert.That(turns(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_deadline_not_asked_for_again_is_gone()
    {
        await using var device = new TestDevice(_time);
        var turns = StartAlarm(device, (agent, turn) =>
        {
            if (turn == 1)
                agent.WakeAt(agent.Now.AddSeconds(30));
        });
        await device.SettleAsync();
        device.Publish(NoteTopics.Notes, new Note("k"));
        await device.SettleAsync();
        await AdvanceAsync(device, 60);
        Assert.That(turns(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_deadline_in_the_past_brings_a_turn_at_once()
    {
        await using var device = new TestDevice(_time);
        var turns = StartAlarm(device, (agent, turn) =>
        {
            if (turn == 1)
                agent.WakeAt(agent.Now.AddSeconds(-5));
        });
        await device.SettleAsync();
        await AdvanceAsync(device, 0);
        Assert.That(turns(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_deadline_far_away_is_allowed()
    {
        await using var device = new TestDevice();
        StartAlarm(device, (agent, _) =>
        {
            agent.WakeAt(DateTimeOffset.MaxValue);
            agent.WakeAt(TimeSpan.MaxValue);
            agent.WakeAt(agent.Now.AddDays(60));
        });
        Assert.That(async () => await device.SettleAsync(), Throws.Nothing);
    }

    [TestCase(-20, 0)]
    [TestCase(20, 0)]
    [TestCase(-20, 3)]
    [TestCase(20, 3)]
    public async Task A_clock_that_is_set_does_not_stop_the_rhythm(int days, int inTheMidstOfTurn)
    {
        var clock = new ClockThatIsSet(_time);
        await using var device = new TestDevice(clock);
        var polls = 0;
        var next = TimeSpan.Zero;
        StartAlarm(device, (agent, turn) =>
        {
            if (turn == inTheMidstOfTurn)
                clock.Offset = TimeSpan.FromDays(days);
            if (agent.Elapsed >= next)
                (polls, next) = (polls + 1, agent.Elapsed + Seconds(60));
            agent.WakeAt(next);
        });
        await device.SettleAsync();
        if (inTheMidstOfTurn == 0)
            clock.Offset = TimeSpan.FromDays(days);
        for (var i = 0; i < 10; i++)
            await AdvanceAsync(device, 60);
        Assert.That(polls, Is.EqualTo(11));
    }

    sealed class ClockThatIsSet(FakeTimeProvider steady) : TimeProvider
    {
        public TimeSpan Offset { get; set; }
        public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + Offset;
        public override long GetTimestamp() => steady.GetTimestamp();
        public override long TimestampFrequency => steady.TimestampFrequency;
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => steady.CreateTimer(callback, state, dueTime, period);
    }

    [Test]
    public async Task Now_and_Elapsed_stand_still_during_a_turn()
    {
        await using var device = new TestDevice(_time);
        var moved = true;
        StartAlarm(device, (agent, _) =>
        {
            var (now, elapsed) = (agent.Now, agent.Elapsed);
            _time.Advance(Seconds(5));
            moved = agent.Now != now || agent.Elapsed != elapsed;
        });
        await device.SettleAsync();
        Assert.That(moved, Is.False);
    }
}
