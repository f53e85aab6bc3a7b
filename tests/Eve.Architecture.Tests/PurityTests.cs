namespace Eve.Tests.Architecture;

public class PurityTests
{
    static readonly List<string> s_bad = [.. new PurityRule(Product.Tests, new(Product.Tests), "Bad.Statics").Violations()];

    [Test]
    public void Static_classes_among_the_agents_are_pure() =>
        Assert.That(new PurityRule(Product.Agents, new(Product.Agents, Product.Core)).Violations(), Is.Empty);

    [TestCase("Impure.Reads → System.IO.File.ReadAllText")]
    [TestCase("Impure.InALambda", "System.IO.Directory.Exists")]
    [TestCase("Impure.InAStateMachine", "System.IO.StreamReader..ctor")]
    [TestCase("Impure.InAnIterator", "System.Random")]
    [TestCase("Impure.ThroughAnother → Effect.Indirect → Effect.Deeper → System.IO.Path.GetTempPath")]
    [TestCase("Impure.ThroughAnInterface", "System.Console.WriteLine")]
    [TestCase("Impure.TellsTheTime → System.TimeProvider.GetUtcNow")]
    [TestCase("Impure.Throws → System.Guid.NewGuid")]
    [TestCase("Impure.Counts → writes Impure.s_calls")]
    [TestCase("Impure.getpid", "native code")]
    public void A_deed_is_found(string method, string deed = "") =>
        Assert.That(s_bad, Has.Some.StartsWith($"Bad.Statics.{method}").And.Contains(deed));

    [Test]
    public void What_is_pure_is_left_alone() => Assert.That(s_bad, Has.None.Contains("Bad.Statics.Pure"));
}
