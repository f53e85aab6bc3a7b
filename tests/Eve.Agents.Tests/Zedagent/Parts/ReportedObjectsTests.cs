using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using Google.Protobuf;
using NUnit.Framework;
using Info = Eve.Api.Info;

namespace Eve.Tests.Zedagent.Parts;

/// <summary>An object that was reported and goes while nobody looks is reported gone all the same.</summary>
public class ReportedObjectsTests
{
    const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    static readonly Guid s_a = new("a0000000-0000-0000-0000-000000000000");

    ReportingDevice _device = null!;

    [SetUp]
    public void MakeDevice() => _device = new();

    [TearDown]
    public async Task StopDevice() => await _device.DisposeAsync();

    static AppInstanceStatus App => new(new(s_a, "1"), "app", State: SwState.Running);

    void PublishAll()
    {
        _device.Device.Publish(ZedmanagerTopics.AppInstanceStatus, App);
        _device.Device.Publish(ZedrouterTopics.NetworkInstanceStatus, new NetworkInstanceStatus(s_a, "3", Activated: true));
        _device.Device.Publish(VolumemgrTopics.ContentTreeStatus, new ContentTreeStatus(s_a, Blobs: [Sha256]));
        _device.Device.Publish(VolumemgrTopics.BlobStatus, new BlobStatus(Sha256: Sha256));
        _device.Device.Publish(VolumemgrTopics.VolumeStatus, new VolumeStatus(s_a));
        _device.Device.Publish(MsrvTopics.AppInstMetaData, new AppInstMetaData(s_a, new([1])));
    }

    async Task ReportAllAsync()
    {
        _device.OpenGates();
        PublishAll();
        _device.Start();
        await _device.Device.SettleAsync();
    }

    async Task BeginAsync(bool known)
    {
        _device.Forget();
        _device.OpenGates(known);
        _device.Start();
        await _device.Device.SettleAsync();
    }

    IEnumerable<Info.ZInfoMsg> Objects => _device.Infos.Where(i => i.Dinfo is null).Select(i =>
    {
        i.AtTimeStamp = null;
        return i;
    });

    IReadOnlyDictionary<string, ReportedObject> OnDisk => _device.Device.ReadAll(ReportingPrivate.Reported);

    [Test]
    public async Task What_goes_between_two_lives_is_told_as_what_goes_in_one()
    {
        await ReportAllAsync();
        Assert.That(OnDisk, Has.Count.EqualTo(6));
        _device.Forget();
        RemoveAll();
        await _device.Device.SettleAsync();
        var seen = Objects.ToList();
        Assert.That(seen, Has.Count.EqualTo(6));
        Assert.That(OnDisk, Is.Empty);

        PublishAll();
        await _device.Device.SettleAsync();
        await _device.DieAsync();
        await BeginAsync(known: true);

        Assert.That(Objects, Is.EquivalentTo(seen));
        Assert.That(OnDisk, Is.Empty, "once the controller knows it");
    }

    void RemoveAll()
    {
        _device.Device.Remove(ZedmanagerTopics.AppInstanceStatus, s_a.ToString());
        _device.Device.Remove(ZedrouterTopics.NetworkInstanceStatus, s_a.ToString());
        _device.Device.Remove(VolumemgrTopics.ContentTreeStatus, s_a.ToString());
        _device.Device.Remove(VolumemgrTopics.BlobStatus, Sha256);
        _device.Device.Remove(VolumemgrTopics.VolumeStatus, new VolumeStatus(s_a).Key);
        _device.Device.Remove(MsrvTopics.AppInstMetaData, new AppInstMetaData(s_a).Key);
    }

    [Test]
    public async Task Nothing_is_told_to_be_gone_before_all_that_is_to_be_and_all_that_is_are_known()
    {
        await ReportAllAsync();
        await _device.DieAsync();
        await BeginAsync(known: false);
        Assert.That(Objects, Is.Empty);

        _device.PresentIsKnown();
        await _device.Device.SettleAsync();
        Assert.That(Objects.Select(o => o.InfoContentCase).ToList(), Is.EqualTo(new[] { Info.ZInfoMsg.InfoContentOneofCase.Amdinfo }), "an app's data is wanted by nobody else");

        _device.WantedIsKnown();
        await _device.Device.SettleAsync();
        Assert.That(Objects.Count(), Is.EqualTo(6));
    }

    [Test]
    public async Task What_is_wanted_has_yet_to_come_and_is_not_told_to_be_gone()
    {
        await ReportAllAsync();
        await _device.DieAsync();
        _device.Device.Publish(ZedagentTopics.AppInstanceConfig, new AppInstanceConfig(new(s_a, "1")));
        _device.Device.Publish(ZedagentTopics.NetworkInstanceConfig, new NetworkInstanceConfig(s_a));
        _device.Device.Publish(ZedagentTopics.VolumeConfig, new VolumeConfig(s_a, GenerationCounter: 2));
        _device.Device.Publish(ZedagentTopics.ContentTreeConfig, new ContentTreeConfig(s_a));
        _device.Device.Publish(MsrvTopics.AppInstMetaData, new AppInstMetaData(s_a, new([1])));
        await BeginAsync(known: true);
        Assert.That(Objects.Select(o => o.InfoContentCase).ToList(), Is.EqualTo(new[] { Info.ZInfoMsg.InfoContentOneofCase.Amdinfo }), "it is there");

        _device.Device.Publish(VolumemgrTopics.ContentTreeStatus, new ContentTreeStatus(s_a, Blobs: [Sha256]));
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Has.None.StartsWith("blob"));
    }

    [Test]
    public async Task An_app_is_there_as_long_as_its_guest_or_its_network()
    {
        await ReportAllAsync();
        await _device.DieAsync();
        _device.Device.Publish(DomainmgrTopics.DomainStatus, new DomainStatus(new(s_a, "1")));
        _device.Device.Publish(ZedrouterTopics.AppNetworkStatus, new AppNetworkStatus(new(s_a, "1")));
        await BeginAsync(known: true);
        _device.Device.Remove(DomainmgrTopics.DomainStatus, s_a.ToString());
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Has.None.StartsWith("app"));

        _device.Device.Remove(ZedrouterTopics.AppNetworkStatus, s_a.ToString());
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Has.Member("app a Invalid"));
    }

    [Test]
    public async Task Until_the_controller_knows_of_it_each_life_tells_it()
    {
        await ReportAllAsync();
        await _device.DieAsync();
        _device.Controller.Answer = _ => FakeController.Nobody;
        await BeginAsync(known: true);
        Assert.That(OnDisk, Has.Count.EqualTo(6));
        _device.Unsent.All.Clear();

        await _device.DieAsync();
        _device.Controller.Answer = _ => ReportingDevice.Created;
        await BeginAsync(known: true);
        Assert.That(Objects.Count(), Is.EqualTo(6));
        Assert.That(OnDisk, Is.Empty);

        await _device.DieAsync();
        await BeginAsync(known: true);
        Assert.That(Objects, Is.Empty, "once is enough");
    }

    [Test]
    public async Task What_comes_again_while_the_word_that_it_is_gone_waits_is_there()
    {
        await ReportAllAsync();
        _device.Controller.Answer = _ => FakeController.Nobody;
        _device.Device.Remove(ZedmanagerTopics.AppInstanceStatus, s_a.ToString());
        await _device.Device.SettleAsync();
        _device.Device.Publish(ZedmanagerTopics.AppInstanceStatus, App);
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => ReportingDevice.Created;
        _device.Forget();
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Running" }));
        Assert.That(OnDisk, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task What_is_told_to_be_there_was_remembered_before()
    {
        var late = false;
        _device.Controller.Answer = request =>
        {
            late |= request.Path.EndsWith("/info", StringComparison.Ordinal) && Info.ZInfoMsg.Parser.ParseFrom(request.Body).Ainfo is not null && !OnDisk.ContainsKey($"app:{s_a}");
            return ReportingDevice.Created;
        };
        await ReportAllAsync();
        Assert.That(_device.Told, Has.Member("app a Running"));
        Assert.That(late, Is.False);
    }

    [Test]
    public async Task Garbled_records_stop_nothing_and_go()
    {
        var key = $"app:{s_a}";
        var gone = new Info.ZInfoMsg { Ztype = Info.ZInfoTypes.ZiApp, Ainfo = new() { AppID = s_a.ToString() } }.ToByteArray();
        _device.Device.Publish(ReportingPrivate.Reported, "app:cut", new ReportedObject("app:cut", ReportingDevice.Id, gone[..^5]));
        _device.Device.Publish(ReportingPrivate.Reported, "app:nil", new ReportedObject(null!, ReportingDevice.Id, default));
        _device.Device.Publish(ReportingPrivate.Reported, "app:other", new ReportedObject("app:other", Guid.NewGuid(), gone));
        _device.Device.Publish(ReportingPrivate.Reported, key, new ReportedObject(key, ReportingDevice.Id, gone));
        await BeginAsync(known: true);
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Invalid" }));
        Assert.That(OnDisk, Is.Empty);
    }
}
