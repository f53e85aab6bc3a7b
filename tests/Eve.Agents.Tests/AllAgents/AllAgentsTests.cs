using Eve.Agents;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Eve.Tests.AllAgents;

/// <summary>
/// What holds for every agent that is registered: nothing is taken away, on the bus or on the machine, on the strength of an input that is not Ready
/// (architecture of the bus: docs/bus.md), and when they are, what it publishes becomes Ready. An agent that is new needs an entry in AgentEntries.cs.
/// </summary>
public class AllAgentsTests
{
    static IEnumerable<string> Names =>
        new ServiceCollection().AddEve().AddEveAgents().Select(s => s.ImplementationInstance).OfType<AgentRegistration>().Select(a => a.Name).Distinct();

    [TestCaseSource(nameof(Names))]
    public async Task Started_late_or_again_with_inputs_that_are_not_ready_it_takes_nothing_away(string name)
    {
        await using var trial = new Trial(name, AgentEntries.Of(name));

        await trial.LiveAsync();
        await trial.LiveAsync();

        Assert.That(trial.Removals, Is.Empty);
    }

    [TestCaseSource(nameof(Names))]
    public async Task With_inputs_that_are_ready_it_completes_all_that_it_publishes(string name)
    {
        var entry = AgentEntries.Of(name);
        await using var trial = new Trial(name, entry, ready: true);

        await trial.LiveAsync();

        Assert.That(trial.Incomplete, Is.EquivalentTo(entry.StaysIncomplete.Keys));
    }

    [Test]
    public async Task An_agent_that_removes_what_it_does_not_see_wanted_is_found_out()
    {
        await using var trial = new Trial(AgentNames.Verifier, new(), services => services.AddAgent<Hasty>(AgentNames.Verifier).AddSingleton<IShelf, Shelf>());

        await trial.LiveAsync();

        Assert.That(trial.Removals, Has.Some.StartsWith("withdrawn: VerifierTopics.VerifyImageStatus").And.Some.StartsWith("IShelf.Delete("));
    }

    [Test]
    public void An_agent_without_an_entry_is_told_what_to_add() =>
        Assert.That(() => AgentEntries.Of("newcomer"), Throws.TypeOf<AssertionException>().With.Message.Contains("AgentEntries.cs"));

    [TestCase("ip", new[] { "link", "del", "eth0" }, "")]
    [TestCase("ip", new[] { "-batch", "-" }, "link set eth0 up\nlink del eth0\n")]
    [TestCase("nft", new[] { "-j", "-f", "-" }, """{"nftables":[{"delete":{"table":{}}}]}""")]
    public void Programs_that_take_away_are_known(string program, string[] arguments, string input) =>
        Assert.That(Removing.By(new Eve.Testing.RecordedCall(program, arguments, input, false)), Is.Not.Null);

    public interface IShelf
    {
        void Delete(string key);
    }

    public sealed class Shelf : IShelf
    {
        public void Delete(string key)
        {
        }
    }

    /// <summary>Takes "I do not see it" for "nobody wants it".</summary>
    public sealed class Hasty(IShelf shelf) : IAgent
    {
        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            var wanted = agent.Subscribe(VolumemgrTopics.VerifyImageConfig);
            var known = agent.Publish(VerifierTopics.VerifyImageStatus);
            while (true)
            {
                await agent.ChangedAsync(cancellationToken);
                foreach (var key in known.Keys.Where(k => wanted[k] is null).ToList())
                {
                    shelf.Delete(key);
                    known.Remove(key);
                }
            }
        }
    }
}
