using Eve.Agents.Nim;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Nim.NimSamples;

namespace Eve.Tests.Nim;

public sealed class PortConfigSelectionTests
{
    static readonly SelectionTimes Times = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(600), false);
    static readonly PortView Good = new([], ["eth0 10.1.0.63"], true, false), NoAddress = new([], [], false, false), Gone = new(["eth0"], [], false, true);

    static readonly DevicePortConfig FromController = Config("zedagent", 5, Port("eth1")), Last = Config("lastresort", 0, Port("eth0"));

    static Moment At(double seconds) => new(Noon.AddSeconds(seconds), TimeSpan.FromSeconds(seconds));

    static Selection Start(params DevicePortConfig[] list) => PortConfigSelection.WithList(new Selection(), [.. list], At(0));

    static Selection Judged(Selection selection, PortReach reach, double seconds, PortView? view = null) =>
        PortConfigSelection.Turn(selection with { Tested = Good.Addresses }, [new PortTest(selection.Entry!.Ports[0].IfName, reach, reach == PortReach.Controller ? "" : "nobody")], false, _ => view ?? Good, Times, At(seconds));

    static Selection Passed(Selection selection, double seconds, PortView view) => PortConfigSelection.Turn(selection, null, false, _ => view, Times, At(seconds));

    [Test]
    public void The_best_one_is_verified_first()
    {
        var selection = Start(FromController, Last);
        Assert.Multiple(() =>
        {
            Assert.That((selection.Current, selection.Testing, selection.State), Is.EqualTo((0, true, DPCState.IpDnsWait)));
            Assert.That(PortConfigSelection.WantsTest(selection, NoAddress, At(1)), Is.False);
            Assert.That(PortConfigSelection.WantsTest(selection, Good, At(1)), Is.True);
        });
    }

    [TestCase(PortReach.Controller, DPCState.Success)]
    [TestCase(PortReach.Temporary, DPCState.RemoteWait)]
    public void What_reaches_the_controller_or_something_in_its_place_works(PortReach reach, DPCState state)
    {
        var selection = Judged(Start(Last), reach, 1);
        Assert.Multiple(() =>
        {
            Assert.That((selection.State, selection.Testing, selection.Works), Is.EqualTo((state, false, true)));
            Assert.That(selection.Entry!.LastSucceeded, Is.EqualTo((GoTime)Noon.AddSeconds(1)));
            Assert.That(selection.BetterAt, Is.Null);
            Assert.That(selection.TestAt, Is.EqualTo(TimeSpan.FromSeconds(301)));
        });
    }

    [Test]
    public void One_that_reaches_nobody_gives_way_to_the_next_and_is_tried_again_after_600_s()
    {
        var fallen = Judged(Start(FromController, Last), PortReach.Nobody, 1);
        Assert.That((fallen.Current, fallen.Testing, fallen.List[0].LastError, fallen.List[0].State), Is.EqualTo((1, true, "nobody", DPCState.FailWithIpAndDns)));

        var working = Judged(fallen, PortReach.Controller, 2);
        Assert.That((working.Current, working.State, working.BetterAt), Is.EqualTo((1, DPCState.Success, (TimeSpan?)TimeSpan.FromSeconds(602))));
        Assert.That(Passed(working, 601, Good).Current, Is.EqualTo(1));

        var better = Passed(working, 602, Good);
        Assert.That((better.Current, better.Testing), Is.EqualTo((0, true)));

        var back = Judged(better, PortReach.Controller, 603);
        Assert.Multiple(() =>
        {
            Assert.That((back.Current, back.State, back.BetterAt), Is.EqualTo((0, DPCState.Success, (TimeSpan?)null)));
            Assert.That(back.List, Has.Count.EqualTo(1), "once the controller's has worked, the last resort is of no use");
        });
    }

    [Test]
    public void The_last_resort_stays_when_it_is_to_be_always_there()
    {
        var back = PortConfigSelection.Judge(
            Start(FromController, Last), [new("eth1", PortReach.Controller)], Good, Times with { LastResort = true }, At(1));
        Assert.That(back.List.Select(c => c.Key), Is.EqualTo(new[] { "zedagent", "lastresort" }));
    }

    [Test]
    public void With_nothing_left_to_try_the_head_stays_and_is_verified_again_after_300_s()
    {
        var one = Judged(Start(FromController, Last), PortReach.Nobody, 1);
        var parked = Judged(one, PortReach.Nobody, 2);
        Assert.That((parked.Current, parked.Testing, parked.State), Is.EqualTo((0, false, DPCState.FailWithIpAndDns)));
        var only = Judged(Start(Last), PortReach.Nobody, 1) with { Tested = Good.Addresses };
        Assert.That(Passed(only, 200, Good).Testing, Is.False);
        Assert.That(Passed(only, 301, Good).Testing, Is.True);
    }

    [Test]
    public void Other_addresses_after_a_failure_are_tried_at_once()
    {
        var failed = Judged(Start(Last), PortReach.Nobody, 1) with { Tested = Good.Addresses };
        Assert.That(Passed(failed, 10, Good with { Addresses = ["eth0 10.9.9.9"] }).Testing, Is.True);
    }

    [Test]
    public void A_port_without_address_may_take_150_s()
    {
        var selection = Passed(Start(FromController, Last), 149, NoAddress);
        Assert.That((selection.State, selection.Current), Is.EqualTo((DPCState.IpDnsWait, 0)));
        selection = Passed(selection, 150, NoAddress);
        Assert.That((selection.Current, selection.List[0].State), Is.EqualTo((1, DPCState.Fail)));
        Assert.That(selection.List[0].LastError, Does.Contain("150 s").And.Contain("DHCP"));
    }

    [Test]
    public void A_missing_interface_may_take_60_s()
    {
        var selection = Passed(Start(FromController, Last), 59, Gone);
        Assert.That((selection.State, selection.Current), Is.EqualTo((DPCState.IntfWait, 0)));
        Assert.That(Passed(selection, 60, Gone).List[0].LastError, Is.EqualTo("None of its management ports is there: eth0."));
    }

    [Test]
    public void A_failed_periodic_test_is_noted_and_the_second_one_verifies_again()
    {
        var working = Judged(Start(Last), PortReach.Controller, 1);
        var doubtful = Judged(working, PortReach.Nobody, 301);
        Assert.That((doubtful.State, doubtful.Doubtful, doubtful.Testing), Is.EqualTo((DPCState.Success, true, false)));
        Assert.That(Judged(doubtful, PortReach.Controller, 601).Doubtful, Is.False);
        var again = Judged(doubtful, PortReach.Nobody, 601);
        Assert.That(again.Testing, Is.True);
        Assert.That(Judged(again, PortReach.Nobody, 602).State, Is.EqualTo(DPCState.FailWithIpAndDns));
    }

    [Test]
    public void Lost_addresses_are_a_reason_to_verify_and_other_ones_to_test()
    {
        var working = Judged(Start(Last), PortReach.Controller, 1) with { Tested = Good.Addresses };
        Assert.That((Passed(working, 5, NoAddress).Testing, Passed(working, 5, NoAddress).Current), Is.EqualTo((true, 0)));
        Assert.That(PortConfigSelection.WantsTest(working, Good, At(5)), Is.False);
        Assert.That(PortConfigSelection.WantsTest(working, Good with { Addresses = ["eth0 10.9.9.9"] }, At(5)), Is.True);
    }

    [Test]
    public void A_new_head_is_verified_and_the_one_in_force_is_followed_when_it_moves()
    {
        var working = Judged(Start(Last), PortReach.Controller, 1);
        var renewed = PortConfigSelection.WithList(working, [FromController, .. working.List], At(2));
        Assert.That((renewed.Current, renewed.Testing, renewed.Entry!.Key), Is.EqualTo((0, true, "zedagent")));
        var behind = PortConfigSelection.WithList(working, [.. working.List, Config("other", 0, Port("eth3"))], At(2));
        Assert.That((behind.Current, behind.Testing), Is.EqualTo((0, false)));
    }

    [Test]
    public void When_the_one_in_force_is_deleted_the_head_is_verified()
    {
        var working = Judged(Start(FromController, Last), PortReach.Controller, 1);
        var left = PortConfigSelection.WithList(working, [Last], At(2));
        Assert.That((left.Current, left.Testing, left.Entry!.Key), Is.EqualTo((0, true, "lastresort")));
    }

    [Test]
    public void One_without_usable_management_port_is_listed_and_never_used()
    {
        var selection = Start(FromController with { Ports = [Port("eth1") with { InvalidConfig = true }] }, Last);
        Assert.That((selection.Current, selection.List.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public void Nothing_below_a_configuration_from_the_console_is_tried()
    {
        var failed = Judged(Start(Config("manual", 1, Port("eth2")), Last), PortReach.Nobody, 1);
        Assert.That((failed.Current, failed.Testing, failed.Entry!.Key), Is.EqualTo((0, false, "manual")));
    }

    [Test]
    public void A_device_that_has_started_anew_does_not_hold_old_failures_against_its_head()
    {
        var stored = new DevicePortConfigList(1, [FromController with { LastFailed = Noon, State = DPCState.Fail }, Last, Config("none", 0)]);
        var selection = Selection.Stored(stored);
        Assert.That((selection.Current, selection.List.Count), Is.EqualTo((-1, 2)));
        Assert.That(PortConfigSelection.Next(selection, NoAddress, Times, At(0)).Current, Is.EqualTo(0));
    }
}
