using Eve.Agents.Domainmgr;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Domainmgr;

public class DomainLifecycleTests
{
    // Plays a domain through time: each call's result is what the test says the hypervisor then shows.
    Domain _domain = new(DomainStatuses.Created(Make.Config()));
    Step _step;

    [SetUp]
    public void Begin() => (_domain, _step) = (new Domain(DomainStatuses.Created(Make.Config())), Step.None);

    Step Turn(double at, Wish wish = Wish.Run, DomainConfig? config = null)
    {
        var wanted = wish is Wish.Remove or Wish.Keep ? null : config ?? Make.Config(wish == Wish.Run);
        (_domain, _step) = DomainLifecycle.Next(_domain, wanted, wish, Make.At(at));
        return _step;
    }

    void Result(double at, Guest? guest, Failure? failure = null) => _domain = DomainLifecycle.Done(_domain, new StepResult(_step, guest, failure), Make.At(at));

    void Seen(double at, Guest? guest) => _domain = DomainLifecycle.Done(_domain, new StepResult(Step.Look, guest), Make.At(at));

    void Run()
    {
        Assert.That(Turn(0), Is.EqualTo(Step.Start));
        Result(1, Make.Guest());
    }

    [Test]
    public void A_start_is_pending_until_the_guest_runs()
    {
        Assert.That(Turn(0), Is.EqualTo(Step.Start));
        Assert.That(_domain.Status, Is.EqualTo(DomainStatuses.Starting(Make.Config(), new())));
        Assert.That(_domain.Status, Has.Property("PendingAdd").True.And.Property("State").EqualTo(SwState.Installed).And.Property("DomainName").EqualTo($"{Make.Key}.1.1"));
        Result(1, Make.Guest());
        Assert.That(Turn(1), Is.EqualTo(Step.None));
        Assert.That(_domain.Status, Is.EqualTo(DomainStatuses.Starting(Make.Config(), new()) with
        {
            State = SwState.Running, Activated = true, PendingAdd = false, DomainId = 4711, BootTime = Make.At(1).Now,
        }));
    }

    [Test]
    public void A_domain_that_is_not_to_run_stays_installed()
    {
        Assert.That(Turn(0, Wish.Stop), Is.EqualTo(Step.None));
        Assert.That(_domain.Status, Has.Property("State").EqualTo(SwState.Installed).And.Property("PendingAdd").False.And.Property("Activated").False);
    }

    [Test]
    public void A_halt_presses_the_button_again_and_again_and_then_uses_force()
    {
        Run();
        Assert.That(Turn(100, Wish.Stop), Is.EqualTo(Step.PressButton));
        Assert.That(_domain.Status, Has.Property("State").EqualTo(SwState.Halting).And.Property("PendingModify").True.And.Property("Activated").True);
        Result(100, Make.Guest());
        Assert.That(Turn(105, Wish.Stop), Is.EqualTo(Step.None));
        Assert.That(DomainLifecycle.WakeAt(_domain, TimeSpan.FromSeconds(105)), Is.EqualTo(TimeSpan.FromSeconds(110)));
        Assert.That(Turn(110, Wish.Stop), Is.EqualTo(Step.PressButton));
        Result(110, Make.Guest());
        Assert.That(Turn(700, Wish.Stop), Is.EqualTo(Step.Destroy));
        Result(701, Make.Guest(GuestState.Off));
        AssertForgotten(701, Wish.Stop);
        Assert.That(_domain.Status, Has.Property("State").EqualTo(SwState.Halted).And.Property("DomainId").EqualTo(0).And.Property("PendingModify").False);
    }

    [Test]
    public void A_guest_that_goes_down_by_itself_is_not_forced()
    {
        Run();
        Turn(100, Wish.Stop);
        Result(100, Make.Guest(GuestState.Off));
        AssertForgotten(101, Wish.Stop);
        Assert.That(_domain.Status.Error, Is.Empty);
    }

    [Test]
    public void A_delete_hurries_a_halt()
    {
        Run();
        Turn(100, Wish.Stop);
        Result(100, Make.Guest());
        Assert.That(Turn(159, Wish.Stop), Is.EqualTo(Step.PressButton));
        Result(159, Make.Guest());
        Assert.That(Turn(160, Wish.Remove), Is.EqualTo(Step.Destroy));
        Assert.That(_domain.Status, Has.Property("PendingDelete").True);
        Result(161, null);
        AssertForgotten(161, Wish.Remove, Step.Remove);
    }

    [Test]
    public void A_guest_that_force_does_not_end_stays_activated_and_is_tried_again()
    {
        Run();
        Turn(100, Wish.Remove);
        Result(100, Make.Guest());
        Assert.That(Turn(160, Wish.Remove), Is.EqualTo(Step.Destroy));
        Result(165, Make.Guest(), new Failure(FailureKind.Guest, "busy"));
        Assert.That(Turn(166, Wish.Remove), Is.EqualTo(Step.None));
        Assert.That(_domain.Status, Has.Property("Activated").True.And.Property("Error").EqualTo("app web: failed to halt/destroy: busy: will try again in 30s"));
        Assert.That(Turn(195, Wish.Remove), Is.EqualTo(Step.Destroy));
    }

    [TestCase(GuestState.Off, SwState.Halted, "switched itself off")]
    [TestCase(GuestState.Crashed, SwState.Broken, "crashed")]
    public void A_guest_that_ends_unasked_is_reported_and_started_again_later(GuestState end, SwState state, string what)
    {
        Run();
        Turn(50);
        Seen(100, Make.Guest(end));
        AssertForgotten(100, Wish.Run);
        Assert.That(_domain.Status, Has.Property("State").EqualTo(state).And.Property("BootFailed").True.And.Property("Activated").False.And.Property("DomainId").EqualTo(0));
        Assert.That(_domain.Status, Has.Property("ErrorSeverity").EqualTo(ErrorSeverity.Warning).And.Property("Error").Contains(what).And.Property("Error").EndsWith("will retry in 10m0s"));
        Assert.That(DomainLifecycle.WakeAt(_domain, TimeSpan.FromSeconds(200)), Is.EqualTo(TimeSpan.FromSeconds(700)));
        Assert.That(Turn(699), Is.EqualTo(Step.None));
        Assert.That(Turn(700), Is.EqualTo(Step.Start));
        Assert.That(_domain.Status, Has.Property("TriedCount").EqualTo(2).And.Property("Error").Empty);
    }

    [Test]
    public void A_guest_that_is_dead_right_after_its_start_has_ended_unasked()
    {
        Turn(0);
        Result(1, null);
        AssertForgotten(1, Wish.Run);
        Assert.That(_domain.Status.BootFailed);
    }

    [Test]
    public void A_start_that_fails_is_tried_three_times_and_then_after_the_boot_retry()
    {
        for (var at = 0; at <= 10; at += 5)
        {
            Assert.That(Turn(at), Is.EqualTo(Step.Start), $"{at}");
            Result(at, null, new Failure(FailureKind.Guest, "no such tap"));
            Assert.That(Turn(at + 1), Is.EqualTo(Step.None));
        }
        Assert.That(_domain.Status, Has.Property("Error").EqualTo("no such tap: will retry in 10m0s").And.Property("BootFailed").True.And.Property("PendingAdd").False);
        Assert.That(_domain.Status.State, Is.EqualTo(SwState.Broken));
        Assert.That(Turn(609), Is.EqualTo(Step.None));
        Assert.That(Turn(610), Is.EqualTo(Step.Start));
    }

    [Test]
    public void A_faulty_preparation_is_repeated_soon_and_another_configuration_at_once()
    {
        Turn(0);
        Result(0, null, new Failure(FailureKind.Preparation, "qemu-img is not installed"));
        Assert.That(Turn(29), Is.EqualTo(Step.None));
        Assert.That(_domain.Status, Has.Property("ConfigFailed").True.And.Property("Error").EqualTo("qemu-img is not installed: will retry in 30s"));
        Assert.That(Turn(29, config: Make.Config() with { Memory = 1 << 20 }), Is.EqualTo(Step.Start));
        Result(29, null, new Failure(FailureKind.Preparation, "again"));
        Assert.That(Turn(59, config: Make.Config() with { Memory = 1 << 20 }), Is.EqualTo(Step.Start));
    }

    [Test]
    public void What_cannot_be_done_waits_for_another_configuration()
    {
        var odd = Make.Config() with { VirtualizationMode = VmMode.NoHyper };
        Assert.That(Turn(0, config: odd), Is.EqualTo(Step.None));
        Assert.That(_domain.Status.Error, Does.StartWith("app web: virtualization mode NOHYPER"));
        Assert.That(Turn(100_000, config: odd), Is.EqualTo(Step.None));
        Assert.That(DomainLifecycle.WakeAt(_domain, default), Is.Null);
        Assert.That(Turn(100_001), Is.EqualTo(Step.Start));
    }

    [Test]
    public void A_restart_by_hand_does_not_wait_for_the_boot_retry_and_clears_the_error()
    {
        Run();
        Seen(100, null);
        AssertForgotten(100, Wish.Run);
        Turn(101, Wish.Stop);
        Assert.That(_domain.Status, Has.Property("Error").Empty.And.Property("State").EqualTo(SwState.Halted).And.Property("BootFailed").False);
        Assert.That(Turn(102), Is.EqualTo(Step.Start));
    }

    [Test]
    public void What_was_adopted_is_left_alone_and_started_again_only_after_the_boot_retry()
    {
        _domain = new Domain(DomainStatuses.Adopted(Make.Guest()), Phase.Up, Make.Guest());
        Assert.That(Turn(0, Wish.Keep), Is.EqualTo(Step.None));
        var newer = Make.Config() with { UUIDandVersion = new(Make.App, "2"), DisplayName = "site" };
        Assert.That(Turn(1, config: newer), Is.EqualTo(Step.None));
        Assert.That(_domain.Status, Has.Property("BootTime").EqualTo((GoTime)Make.Noon).And.Property("DisplayName").EqualTo("site").And.Property("DomainName").EqualTo($"{Make.Key}.1.1"));
        Seen(50, null);
        Assert.That(Turn(50, config: newer), Is.EqualTo(Step.Forget));
        Result(50, null);
        Assert.That(Turn(51, config: newer), Is.EqualTo(Step.None));
        Assert.That(Turn(650, config: newer), Is.EqualTo(Step.Start));
    }

    [TestCase(nameof(Wish.Run), "its guest has switched itself off")]
    [TestCase(nameof(Wish.Stop), "")]
    [TestCase(nameof(Wish.Remove), "")]
    public void A_guest_that_ends_before_its_wish_is_known_is_judged_by_it(string name, string error)
    {
        var wish = Enum.Parse<Wish>(name);
        _domain = new Domain(DomainStatuses.Adopted(Make.Guest()), Phase.Up, Make.Guest());
        Seen(1, null);
        Assert.That(Turn(1, Wish.Keep), Is.EqualTo(Step.None));
        Assert.That(_domain.Status, Has.Property("State").EqualTo(SwState.Running).And.Property("Error").Empty);
        Assert.That(Turn(2, wish), Is.EqualTo(Step.Forget));
        Assert.That(_domain.Status.State, Is.EqualTo(SwState.Halted));
        Assert.That(_domain.Status.Error, error.Length == 0 ? Is.Empty : Does.Contain(error));
    }

    [Test]
    public void A_guest_found_running_is_adopted_and_its_error_cleared()
    {
        Turn(0);
        Result(0, null, new Failure(FailureKind.Preparation, "x"));
        Seen(1, Make.Guest());
        Assert.That(Turn(1), Is.EqualTo(Step.None));
        Assert.That(_domain.Status, Has.Property("State").EqualTo(SwState.Running).And.Property("Error").Empty.And.Property("ConfigFailed").False);
    }

    [Test]
    public void While_nobody_can_say_nothing_is_done()
    {
        Run();
        Assert.That(Turn(10, Wish.Keep), Is.EqualTo(Step.None));
        Assert.That(_domain.Status.State, Is.EqualTo(SwState.Running));
    }

    void AssertForgotten(double at, Wish wish, Step then = Step.None)
    {
        Assert.That(Turn(at, wish), Is.EqualTo(Step.Forget));
        Assert.That(_domain.Status.Activated, Is.False);
        Result(at, null);
        Assert.That(Turn(at, wish), Is.EqualTo(then));
    }
}
