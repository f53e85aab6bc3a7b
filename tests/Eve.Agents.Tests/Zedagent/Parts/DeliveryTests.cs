using Eve.Topics;
using Google.Protobuf;
using NUnit.Framework;
using Info = Eve.Api.Info;

namespace Eve.Tests.Zedagent.Parts;

/// <summary>What becomes of a report until the controller has it.</summary>
public class DeliveryTests
{
    static readonly Guid s_a = new("a0000000-0000-0000-0000-000000000000");
    static readonly Guid s_b = new("b0000000-0000-0000-0000-000000000000");

    ReportingDevice _device = null!;

    [SetUp]
    public void MakeDevice() => _device = new();

    [TearDown]
    public async Task StopDevice() => await _device.DisposeAsync();

    static AppInstanceStatus App(Guid id, SwState state = SwState.Running) => new(new(id, "1"), "app", State: state);
    static VolumeStatus Volume(Guid id, SwState state = SwState.CreatedVolume) => new(id, State: state);

    void Say(Guid id, SwState state) => _device.Device.Publish(ZedmanagerTopics.AppInstanceStatus, App(id, state));

    async Task StartAsync()
    {
        _device.OpenGates();
        _device.Start();
        await _device.Device.SettleAsync();
        _device.Forget();
    }

    async Task LoseControllerAsync()
    {
        _device.Controller.Answer = _ => FakeController.Nobody;
        _device.Status(ConfigGetStatus.Fail);
        await _device.Device.SettleAsync();
        _device.Forget();
    }

    async Task FindControllerAsync()
    {
        _device.Controller.Answer = _ => ReportingDevice.Created;
        _device.Forget();
        _device.Status(ConfigGetStatus.Success);
        await _device.Device.SettleAsync();
    }

    [Test]
    public async Task Of_each_object_the_last_word_arrives_once_when_the_controller_is_back_apps_first()
    {
        await StartAsync();
        await LoseControllerAsync();
        _device.Device.Publish(VolumemgrTopics.VolumeStatus, Volume(s_a, SwState.Downloading));
        await _device.Device.SettleAsync();
        Say(s_b, SwState.Booting);
        await _device.Device.SettleAsync();
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        _device.Device.Publish(VolumemgrTopics.VolumeStatus, Volume(s_a));
        Say(s_b, SwState.Halted);
        await _device.Device.SettleAsync();

        await FindControllerAsync();
        Assert.That(_device.Told, Is.EqualTo(new[] { "app b Halted", "app a Running", "volume a CreatedVolume" }));

        _device.Forget();
        await _device.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.That(_device.Told, Is.Empty);
        Assert.That(_device.Unsent.All, Is.Empty);
    }

    [Test]
    public async Task While_the_controller_is_away_it_is_tried_ever_less_often()
    {
        await StartAsync();
        await LoseControllerAsync();
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Has.Count.EqualTo(1));
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Told, Has.Count.EqualTo(2));
        for (var minute = 0; minute < 59; minute++)
            await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Told, Has.Count.InRange(6, 8));
    }

    [Test]
    public async Task An_object_that_comes_and_goes_while_the_controller_is_away_is_told_to_be_gone_alone()
    {
        await StartAsync();
        await LoseControllerAsync();
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        _device.Device.Remove(ZedmanagerTopics.AppInstanceStatus, s_a.ToString());
        await _device.Device.SettleAsync();
        await FindControllerAsync();
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Invalid" }));
    }

    [Test]
    public async Task A_kill_loses_nothing_that_had_been_said()
    {
        await StartAsync();
        await LoseControllerAsync();
        Say(s_a, SwState.Running);
        Say(s_b, SwState.Running);
        await _device.Device.SettleAsync();
        _device.Device.Remove(ZedmanagerTopics.AppInstanceStatus, s_a.ToString());
        await _device.Device.SettleAsync();

        await _device.DieAsync();
        _device.Controller.Answer = _ => ReportingDevice.Created;
        _device.Forget();
        _device.OpenGates();
        Say(s_b, SwState.Halted);
        _device.Start();
        await _device.Device.SettleAsync();

        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Invalid", "app b Halted" }));
        Assert.That(_device.Unsent.All, Is.Empty);
    }

    [Test]
    public async Task A_kill_while_a_deletion_is_on_its_way_does_not_lose_it()
    {
        await StartAsync();
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        await LoseControllerAsync();
        _device.Device.Remove(ZedmanagerTopics.AppInstanceStatus, s_a.ToString());
        await _device.Device.SettleAsync();
        Assert.That(_device.Unsent.All.Keys, Has.Member($"app:{s_a}"));
    }

    [Test]
    public async Task What_another_device_left_behind_is_not_sent()
    {
        _device.Unsent.Write(new("app:x", Guid.NewGuid(), "info", 1, 1, new Info.ZInfoMsg { Ainfo = new() { AppID = "x" } }.ToByteArray()));
        await StartAsync();
        Assert.That(_device.Controller.Requests.Where(r => r.Path.EndsWith("/info", StringComparison.Ordinal)), Is.Empty);
        Assert.That(_device.Unsent.All, Is.Empty);
    }

    [TestCase(500), TestCase(429), TestCase(403), TestCase(200)]
    public async Task A_message_that_is_not_taken_holds_up_no_other_and_is_sent_until_it_is(int code)
    {
        await StartAsync();
        var bad = true;
        _device.Controller.Answer = request => bad && IsOfApp(request, s_a) ? ReportingDevice.Code(code) : ReportingDevice.Created;
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        Say(s_b, SwState.Running);
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Running", "app b Running" }));

        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Told, Has.Count.EqualTo(3));
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Told, Has.Count.EqualTo(3), "the pause grows");
        bad = false;
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Told, Has.Count.EqualTo(4));
        await _device.AdvanceAsync(TimeSpan.FromMinutes(3));
        Assert.That(_device.Told, Has.Count.EqualTo(4));
        Assert.That(_device.Unsent.All, Is.Empty);
    }

    [TestCase(400), TestCase(404), TestCase(413)]
    public async Task A_message_that_is_refused_for_good_is_dropped(int code)
    {
        await StartAsync();
        _device.Controller.Answer = request => IsOfApp(request, s_a) ? ReportingDevice.Code(code) : ReportingDevice.Created;
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        await _device.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Running" }));
        Assert.That(_device.Unsent.All, Is.Empty);
    }

    [Test]
    public async Task A_full_disk_stops_nothing()
    {
        await StartAsync();
        _device.Unsent.Full = true;
        await LoseControllerAsync();
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        await FindControllerAsync();
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Running" }));
    }

    [Test]
    public async Task A_newer_word_during_the_sending_goes_out_after_it()
    {
        await StartAsync();
        var said = false;
        _device.Controller.Answer = request =>
        {
            if (!said && IsOfApp(request, s_a))
            {
                said = true;
                Say(s_a, SwState.Halted);
            }
            return ReportingDevice.Created;
        };
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Running", "app a Halted" }));
    }

    [Test]
    public async Task A_network_that_works_again_is_tried_within_a_minute()
    {
        await StartAsync();
        await LoseControllerAsync();
        for (var minute = 0; minute < 30; minute++)
            await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        _device.Device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(State: DPCState.Fail));
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => ReportingDevice.Created;
        _device.Forget();
        _device.Device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(State: DPCState.Success));
        await _device.Device.SettleAsync();
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Infos, Is.Not.Empty);
    }

    static bool IsOfApp(Eve.Agents.Shared.ControllerRequest request, Guid app) =>
        request.Path.EndsWith("/info", StringComparison.Ordinal) && Info.ZInfoMsg.Parser.ParseFrom(request.Body).Ainfo?.AppID == app.ToString();
}
