using System.Text;
using Eve.Host.Ipcmonitor;
using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

public class ConditionTests
{
    const string Value =
        """{"State":107,"Name":"eth0","Big":9007199254740993,"Up":false,"Error":"","Since":"2026-11-24T08:00:00Z","Nothing":null,"Ports":[{"Up":true,"Mtu":1500},{"Up":false}],"Tags":{"a.b":1.5}}""";

    [TestCase("State == 107")]
    [TestCase("state==107")]
    [TestCase("State == 1.07e2")]
    [TestCase("State != 106 && Name == eth0")]
    [TestCase("Name == \"eth0\"")]
    [TestCase("Name =~ ^eth[0-9]$")]
    [TestCase("State > 106 && State >= 107 && State < 108 && State <= 107")]
    [TestCase("Big == 9007199254740993")]
    [TestCase("Up == false")]
    [TestCase("Ports[0].Up == true")]
    [TestCase("Ports[*].Up == false")]
    [TestCase("Ports[1].Mtu == null")]
    [TestCase("Nothing == null")]
    [TestCase("Missing == null")]
    [TestCase("Missing != 5")]
    [TestCase("Tags[\"a.b\"] > 1")]
    [TestCase("Since >= 2026-11-24T07:59")]
    [TestCase("Error == \"\"")]
    [TestCase("State")]
    [TestCase("Ports")]
    [TestCase("$keys == 1 && $restarted == 2 && $key =~ k")]
    public void True_of_the_value(string text) => Assert.That(Holds(text), Is.True);

    [TestCase("State == 108")]
    [TestCase("State == \"107\"")]
    [TestCase("Big == 9007199254740992")]
    [TestCase("State == 107 && Name == eth1")]
    [TestCase("Ports[2].Up == true")]
    [TestCase("Ports[*].Mtu > 1500")]
    [TestCase("Up")]
    [TestCase("Error")]
    [TestCase("Nothing")]
    [TestCase("Missing")]
    [TestCase("Missing > 0")]
    [TestCase("Name > 5 && Name < 5")]
    [TestCase("$keys > 1")]
    public void Not_true_of_the_value(string text) => Assert.That(Holds(text), Is.False);

    [TestCase("", "no comparison")]
    [TestCase("State =", "no comparison")]
    [TestCase("State == ", "no comparison")]
    [TestCase("State == 1 &&", "no comparison")]
    [TestCase("State == 1 Name == 2", "no comparison")]
    [TestCase("State == 1 & Name == 2", "no comparison")]
    [TestCase("Ports[x] == 1", "no comparison")]
    [TestCase("$frobs == 1", "There is no $frobs")]
    [TestCase("Name =~ (", "parenthes|Not enough")]
    [TestCase("Name == \"\\q\"", "no text in quotes")]
    public void What_is_no_expression_is_said_to_be_none(string text, string reason) =>
        Assert.That(() => Condition.Parse(text), Throws.InstanceOf<FormatException>().Or.InstanceOf<ArgumentException>().With.Message.Match(reason.Replace("$", "\\$", StringComparison.Ordinal)));

    [Test]
    public void It_says_how_the_fields_are() =>
        Assert.That(Condition.Parse("State == 1 && Ports[*].Up == null && Missing").Describe(Table(), "k", Encoding.UTF8.GetBytes(Value)),
            Is.EqualTo("State is 107, Ports[*].Up is true or false, Missing is not there"));

    static bool Holds(string text) => Condition.Parse(text).Holds(Table(), "k", Encoding.UTF8.GetBytes(Value));

    static TableState Table()
    {
        var state = new TableState(new("nim", "", "Note"));
        state.Set("k", Encoding.UTF8.GetBytes(Value));
        state.Count(2);
        return state;
    }
}
