using NUnit.Framework;

namespace Eve.Tests;

public class FailurePolicyTests
{
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(6, 32)]
    [TestCase(7, 60)]
    [TestCase(20, 60)]
    [TestCase(1_000_000, 60)]
    public void Each_pause_is_twice_the_former_up_to_the_longest(int failures, double seconds) =>
        Assert.That(new FailurePolicy().Pause(failures), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void By_default_an_agent_always_starts_again() =>
        Assert.That(new FailurePolicy().Decide(new("a", null, TimeSpan.FromHours(1), 1000)), Is.EqualTo(FailureAction.Restart));
}
