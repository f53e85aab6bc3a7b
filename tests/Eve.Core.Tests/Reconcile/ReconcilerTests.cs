using NUnit.Framework;

namespace Eve.Tests;

public class ReconcilerTests
{
    sealed class Machine : IApplier
    {
        public List<string> Done { get; } = [];
        public HashSet<string> Broken { get; } = [];
        public bool Modifiable { get; set; } = true;

        public bool CanModify(Item from, Item to) => Modifiable;

        public Task ApplyAsync(Operation operation, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var step = $"{operation.From?.Id}>{operation.To?.Id}";
            if (Broken.Contains(step))
                throw new EveException($"{step} is broken");
            Done.Add(step);
            return Task.CompletedTask;
        }
    }

    readonly Machine _machine = new();

    [SetUp]
    public void Mend()
    {
        _machine.Done.Clear();
        _machine.Broken.Clear();
        _machine.Modifiable = true;
    }

    static Task<ReconcileResult> ReconcileAsync(Reconciler reconciler, params Item[] intended) => reconciler.ReconcileAsync(intended, CancellationToken.None);

    [Test]
    public async Task It_goes_from_what_is_there_to_what_is_wanted_and_then_has_nothing_to_do()
    {
        var reconciler = new Reconciler(_machine, [new Bridge("old"), new Bridge("b")]);
        var result = await ReconcileAsync(reconciler, new Bridge("b"), new Vif("v", "b", "aa"));
        Assert.That(_machine.Done, Is.EqualTo(["bridge/old>", ">vif/v"]));
        Assert.That(result, Is.EqualTo(result with { Applied = 2, RetryAfter = null }));
        Assert.That((await ReconcileAsync(reconciler, new Bridge("b"), new Vif("v", "b", "aa"))).Applied, Is.Zero);
        Assert.That(reconciler.Actual.Keys, Is.EquivalentTo(["bridge/b", "vif/v"]));
    }

    [Test]
    public async Task A_failure_holds_back_only_what_needs_it()
    {
        var reconciler = new Reconciler(_machine, []);
        _machine.Broken.Add(">bridge/b1");
        var result = await ReconcileAsync(reconciler, new Bridge("b1"), new Vif("v1", "b1", "aa"), new Filter("v1"), new Bridge("b2"), new Vif("v2", "b2", "bb"));
        Assert.That(_machine.Done, Is.EqualTo([">bridge/b2", ">vif/v2"]));
        Assert.That(result.Failed, Is.EqualTo(new Dictionary<string, string> { ["bridge/b1"] = ">bridge/b1 is broken" }));
        Assert.That(result.Pending, Is.EquivalentTo(["vif/v1", "filter/v1"]));

        _machine.Broken.Clear();
        result = await ReconcileAsync(reconciler, new Bridge("b1"), new Vif("v1", "b1", "aa"), new Filter("v1"), new Bridge("b2"), new Vif("v2", "b2", "bb"));
        Assert.That(_machine.Done.Skip(2), Is.EqualTo([">bridge/b1", ">vif/v1", ">filter/v1"]));
        Assert.That((result.Failed.Count, result.Pending.Count, result.RetryAfter), Is.EqualTo((0, 0, (TimeSpan?)null)));
    }

    [Test]
    public async Task A_change_that_failed_holds_back_what_newly_needs_it()
    {
        var reconciler = new Reconciler(_machine, [new Bridge("b")]);
        _machine.Broken.Add("bridge/b>bridge/b");
        var result = await ReconcileAsync(reconciler, new Bridge("b", 9000), new Vif("v", "b", "aa"));
        Assert.That(_machine.Done, Is.Empty);
        Assert.That(result.Pending, Is.EqualTo(["vif/v"]));
        Assert.That(reconciler.Actual["bridge/b"], Is.EqualTo(new Bridge("b")));
    }

    [Test]
    public async Task What_is_needed_by_an_item_that_cannot_be_deleted_stays()
    {
        var reconciler = new Reconciler(_machine, [new Bridge("b"), new Vif("v", "b", "aa"), new Bridge("other")]);
        _machine.Broken.Add("vif/v>");
        var result = await ReconcileAsync(reconciler);
        Assert.That(_machine.Done, Is.EqualTo(["bridge/other>"]));
        Assert.That(result.Failed.Keys, Is.EqualTo(["vif/v"]));
        Assert.That(reconciler.Actual.Keys, Is.EquivalentTo(["bridge/b", "vif/v"]));

        _machine.Broken.Clear();
        await ReconcileAsync(reconciler);
        Assert.That(_machine.Done.Skip(1), Is.EqualTo(["vif/v>", "bridge/b>"]));
    }

    [TestCase("vif/v>", "vif/v")]
    [TestCase("bridge/b>", "bridge/b")]
    public async Task What_could_not_be_deleted_is_not_made_anew(string broken, string failed)
    {
        var reconciler = new Reconciler(_machine, [new Bridge("b"), new Vif("v", "b", "aa")]);
        _machine.Modifiable = false;
        _machine.Broken.Add(broken);
        var result = await ReconcileAsync(reconciler, new Bridge("b", 9000), new Vif("v", "b", "aa"));
        Assert.That(_machine.Done, Does.Not.Contain(">bridge/b").And.Not.Contain(">vif/v"));
        Assert.That(result.Failed.Keys, Is.EqualTo([failed]));
        Assert.That(reconciler.Actual["bridge/b"], Is.EqualTo(new Bridge("b")));

        _machine.Broken.Clear();
        await ReconcileAsync(reconciler, new Bridge("b", 9000), new Vif("v", "b", "aa"));
        Assert.That(_machine.Done, Is.EqualTo(["vif/v>", "bridge/b>", ">bridge/b", ">vif/v"]));
    }

    [Test]
    public async Task The_pauses_between_attempts_grow_and_begin_anew_after_success()
    {
        var reconciler = new Reconciler(_machine, []);
        _machine.Broken.Add(">bridge/b");
        List<double?> pauses = [];
        for (var i = 0; i < 8; i++)
            pauses.Add((await ReconcileAsync(reconciler, new Bridge("b"))).RetryAfter?.TotalSeconds);
        _machine.Broken.Clear();
        pauses.Add((await ReconcileAsync(reconciler, new Bridge("b"))).RetryAfter?.TotalSeconds);
        _machine.Broken.Add(">bridge/c");
        pauses.Add((await ReconcileAsync(reconciler, new Bridge("b"), new Bridge("c"))).RetryAfter?.TotalSeconds);
        Assert.That(pauses, Is.EqualTo(new double?[] { 2, 4, 8, 16, 32, 60, 60, 60, null, 2 }));
    }

    [Test]
    public async Task What_was_observed_anew_takes_the_place_of_what_was_remembered()
    {
        var reconciler = new Reconciler(_machine, []);
        await ReconcileAsync(reconciler, new Bridge("b"));
        reconciler.Observe([]);         // somebody deleted it
        await ReconcileAsync(reconciler, new Bridge("b"));
        Assert.That(_machine.Done, Is.EqualTo([">bridge/b", ">bridge/b"]));
    }

    [Test]
    public async Task What_was_done_before_it_was_cancelled_is_remembered()
    {
        var reconciler = new Reconciler(_machine, []);
        using var stop = new CancellationTokenSource();
        await reconciler.ReconcileAsync([new Bridge("a")], stop.Token);
        await stop.CancelAsync();
        Assert.That(async () => await reconciler.ReconcileAsync([new Bridge("a"), new Bridge("b")], stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(reconciler.Actual.Keys, Is.EqualTo(["bridge/a"]));
    }
}
