using CsCheck;
using NUnit.Framework;

namespace Eve.Tests;

public class PlannerTests
{
    static Dictionary<string, Item> Set(params Item[] items) => items.ToDictionary(i => i.Id);

    static string[] Plan(Dictionary<string, Item> actual, Dictionary<string, Item> intended, Func<Item, Item, bool>? canModify = null) =>
        [.. Planner.Plan(actual, intended, canModify).Select(o => $"{o.From?.Id}>{o.To?.Id}")];

    [Test]
    public void Removals_come_from_the_leaves_and_additions_from_the_roots() =>
        Assert.That(
            Plan(
                Set(new Bridge("bn1"), new Vif("v1", "bn1", "aa"), new Vif("v2", "bn1", "bb"), new Filter("v2")),
                Set(new Bridge("bn1"), new Vif("v1", "bn1", "cc"), new Filter("v3"), new Vif("v3", "bn1", "dd"))),
            Is.EqualTo(["filter/v2>", "vif/v2>", ">vif/v3", ">filter/v3", "vif/v1>vif/v1"]));

    [Test]
    public void Nothing_is_done_when_all_is_there() =>
        Assert.That(Plan(Set(new Bridge("b"), new Vif("v", "b", "aa")), Set(new Vif("v", "b", "aa"), new Bridge("b"))), Is.Empty);

    [Test]
    public void What_needs_something_missing_waits_also_at_second_hand() =>
        Assert.That(Plan(Set(), Set(new Vif("v1", "bn9", "aa"), new Filter("v1"))), Is.Empty);

    [Test]
    public void What_stands_without_what_it_needs_goes_on_standing() =>
        Assert.That(Plan(Set(new Vif("v1", "bn9", "aa")), Set(new Vif("v1", "bn9", "aa"))), Is.Empty);

    [Test]
    public void What_cannot_be_modified_is_made_anew_with_all_that_needs_it() =>
        Assert.That(
            Plan(Set(new Bridge("b"), new Vif("v", "b", "aa")), Set(new Bridge("b", 9000), new Vif("v", "b", "aa")), (_, _) => false),
            Is.EqualTo(["vif/v>", "bridge/b>", ">bridge/b", ">vif/v"]));

    [Test]
    public void What_loses_what_it_needed_is_made_anew_on_the_other() =>
        Assert.That(
            Plan(Set(new Bridge("b1"), new Vif("v", "b1", "aa")), Set(new Bridge("b2"), new Vif("v", "b2", "aa"))),
            Is.EqualTo(["vif/v>", "bridge/b1>", ">bridge/b2", ">vif/v"]));

    sealed record Ring(string Name, string Next) : Item(Name)
    {
        public override ValueList<string> Needs => [Next];
    }

    [Test]
    public void Items_that_need_each_other_wait_for_ever() => Assert.That(Plan(Set(), Set(new Ring("a", "b"), new Ring("b", "a"))), Is.Empty);

    sealed record Node(int Number, ValueList<string> Wants, int Version) : Item("n" + Number)
    {
        public override ValueList<string> Needs => Wants;
    }

    static readonly Gen<Dictionary<string, Item>> Graphs =
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 8].Array[0, 2], Gen.Int[0, 1]).Array[0, 8]
            .Select(nodes => nodes.DistinctBy(n => n.Item1).Select(n => (Item)new Node(n.Item1, [.. n.Item2.Where(w => w > n.Item1).Select(w => "n" + w)], n.Item3)).ToDictionary(i => i.Id));

    [Test]
    public void At_every_step_of_any_plan_all_needs_are_met_and_at_its_end_all_that_is_possible_is_there() =>
        Gen.Select(Graphs, Graphs, Gen.Bool).Sample((before, intended, canModify) =>
        {
            var there = Planner.Plan(new Dictionary<string, Item>(), before).ToDictionary(o => o.Id, o => o.To!);
            foreach (var operation in Planner.Plan(there, intended, (_, _) => canModify))
            {
                Assert.That(there.GetValueOrDefault(operation.Id), Is.EqualTo(operation.From));
                if (operation.To is { } to)
                    there[operation.Id] = to;
                else
                    there.Remove(operation.Id);
                Assert.That(there.Values.SelectMany(i => i.Needs).All(there.ContainsKey), $"after {operation}");
            }
            Assert.That(there.Values.All(i => intended[i.Id].Equals(i)));
            Assert.That(Planner.Plan(there, intended), Is.Empty);
        }, iter: 3000);
}
