using Eve.Agents.Waitforaddr;
using Eve.Testing;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Waitforaddr;

public sealed class WaitforaddrAgentTests
{
    sealed class Recorded : IAgent
    {
        public bool Ended { get; private set; }

        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            await new WaitforaddrAgent().RunAsync(agent, cancellationToken);
            Ended = true;
        }
    }

    static DeviceNetworkStatus With(string address) => new(Ports: [new(IfName: "eth0", AddrInfoList: [new(address)])]);

    [TestCase("10.1.0.63", true)]
    [TestCase("2001:db8::7", true)]
    [TestCase("fe80::1", false)]
    [TestCase("169.254.3.4", false)]
    public async Task It_ends_with_an_address_that_leads_beyond_its_link(string address, bool ends)
    {
        var agent = new Recorded();
        await using var device = new TestDevice(new FakeTimeProvider(), AgentNames.Nim);
        device.Start(AgentNames.Waitforaddr, agent);
        await device.SettleAsync();
        Assert.That(agent.Ended, Is.False);
        device.Publish(NimTopics.DeviceNetworkStatus, With(address));
        await device.SettleAsync();
        Assert.That(agent.Ended, Is.EqualTo(ends));
    }

    [Test]
    public async Task It_gives_up_after_five_minutes()
    {
        var (agent, time) = (new Recorded(), new FakeTimeProvider());
        await using var device = new TestDevice(time, AgentNames.Nim);
        device.Start(AgentNames.Waitforaddr, agent);
        await device.SettleAsync();
        time.Advance(TimeSpan.FromSeconds(299));
        await device.SettleAsync();
        Assert.That(agent.Ended, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        await device.SettleAsync();
        Assert.That(agent.Ended, Is.True);
    }
}
