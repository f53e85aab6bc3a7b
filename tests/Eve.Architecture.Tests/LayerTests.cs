namespace Eve.Tests.Architecture;

public class LayerTests
{
    [Test]
    public void Agents_know_topics_and_never_each_other() => Assert.That(new LayerRule(Product.Agents).Violations(), Is.Empty);

    [Test]
    public void Each_assembly_uses_only_what_it_may() =>
        Assert.That(new[] { Product.Core, Product.Api, Product.Agents, Product.Host }.SelectMany(AssemblyRule.Violations), Is.Empty);

    [Test]
    public void The_host_knows_agents_by_registration_only() => Assert.That(HostRule.Violations(Product.Host), Is.Empty);

    [TestCase("Bad.Agents.Nim.NosyAgent uses Bad.Agents.Zedrouter.Addresses: an agent never uses another one's code")]
    [TestCase("Bad.Agents.Nim.NosyAgent uses Bad.Agents.AllAgents: the registration is for hosts")]
    [TestCase("Bad.Agents.Nim.Chatterbox uses Mono.Cecil.TypeReference: only zedagent, client, logmanager, diag and Shared speak the device API")]
    [TestCase("Bad.Agents.Shared.TooCurious uses Bad.Agents.Zedrouter.Addresses: what is shared knows no agent")]
    public void A_forbidden_use_is_found(string violation) =>
        Assert.That(new LayerRule(Product.Tests, "Bad.Agents", "Mono.Cecil").Violations(), Does.Contain(violation));

    [TestCase("Eve.Core", "Eve.Api")]
    [TestCase("Eve.Core", "Eve.Agents")]
    [TestCase("Eve.Core", "Microsoft.Extensions.Hosting")]
    [TestCase("Eve.Api", "Eve.Core")]
    [TestCase("Eve.Agents", "zedbox")]
    [TestCase("zedbox", "Eve.Api")]
    public void A_forbidden_assembly_is_found(string user, string used) =>
        Assert.That(AssemblyRule.Violations(user, ["System.Runtime", used]), Is.EqualTo([$"{user} uses {used}"]));

    [Test]
    public void A_host_that_knows_an_agent_is_found() =>
        Assert.That(HostRule.Violations(Product.Tests, "Mono.Cecil", "nothing"), Has.Some.Contains("uses Mono.Cecil.TypeReference"));
}
