namespace Eve.Tests.Architecture;

public class StatelessAgentTests
{
    static readonly List<string> s_bad = [.. StatelessAgentRule.Violations(Product.Tests)];

    [Test]
    public void No_agent_has_a_field_that_changes() =>
        Assert.That(StatelessAgentRule.Violations(Product.Core, Product.Agents, Product.Host), Is.Empty);

    [TestCase("_count is written outside the constructor")]
    [TestCase("s_turns is written outside the constructor")]
    [TestCase("<output>P is written outside the constructor")]
    [TestCase("<Mood>k__BackingField is written outside the constructor")]
    [TestCase("_seen holds state")]
    [TestCase("_last is not readonly")]
    [TestCase("_kept is not readonly")]
    public void A_field_that_changes_is_found(string fault) => Assert.That(s_bad, Does.Contain($"Bad.Agents.Nim.ForgetfulAgent.{fault}"));

    [Test]
    public void Dependencies_constants_and_init_properties_are_left_alone()
    {
        Assert.That(s_bad, Has.None.Contains("GoodAgent"));
        Assert.That(s_bad, Has.None.Contains("<Name>"));
    }
}
