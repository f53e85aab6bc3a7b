using System.Collections.Concurrent;
using Eve.Agents.Downloader;
using Eve.Testing;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Downloader;

public class DownloaderAgentTests
{
    static readonly Guid s_store = Guid.NewGuid();
    static readonly DownloaderConfig s_config = new("aa", [s_store], "one", "/pending/one", Size: 100, RefCount: 1);

    FakeTimeProvider _time = null!;
    TestDevice _device = null!;
    FakeTransfer _transfer = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        _device = new(_time, AgentNames.Volumemgr, AgentNames.Zedagent, AgentNames.Downloader, AgentNames.Nim, AgentNames.Vaultmgr, AgentNames.Zedclient);
        _transfer = new();
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        _device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("v", DataSecAtRestStatus.Disabled, ConversionComplete: true));
        _device.Publish(ZedagentTopics.DatastoreConfig, new DatastoreConfig(s_store, "DsHttps", "https://x"));
        _device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(
            Ports: [new NetworkPortStatus("eth0", IsMgmt: true, IsL3Port: true, AddrInfoList: [new AddrInfo("10.0.0.2")]), new NetworkPortStatus("wwan0", IsMgmt: true, IsL3Port: true, Cost: 10, AddrInfoList: [new AddrInfo("10.0.1.2")])]));
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    DownloaderStatus? Status => _device.Read(DownloaderTopics.DownloaderStatus, "aa");
    CancellationTokenSource Start() => _device.Start(AgentNames.Downloader, new DownloaderAgent(_transfer));

    async Task WantedAsync(DownloaderConfig config, bool jobs = true)
    {
        _device.Publish(VolumemgrTopics.DownloaderConfig, config);
        await _device.SettleAsync(jobs);
    }

    async Task PassesAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _device.SettleAsync();
    }

    [Test]
    public async Task Content_is_loaded_over_the_cheap_port()
    {
        _transfer.Next(new TransferResult(100, "text/plain", null, []));
        Start();
        await WantedAsync(s_config);
        Assert.That((Status!.State, Status.Progress, Status.CurrentSize, Status.ContentType, Status.Error), Is.EqualTo((SwState.Downloaded, 100u, 100L, "text/plain", "")));
        Assert.That(_transfer.Plans.Single().Ports.Select(p => p.IfName), Is.EqualTo(new[] { "eth0" }));
        Assert.That((_device.IsReady(DownloaderTopics.DownloaderStatus), _device.IsReady(DownloaderTopics.ResolveStatus)), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Progress_is_told_by_the_percent()
    {
        var end = _transfer.Hold();
        Start();
        await WantedAsync(s_config, jobs: false);
        _transfer.Progress!.Report(new(500, 1000));
        await _device.SettleAsync(jobs: false);
        Assert.That((Status!.Progress, Status.CurrentSize, Status.TotalSize), Is.EqualTo((50u, 500L, 1000L)));
        _transfer.Progress.Report(new(501, 1000));
        await _device.SettleAsync(jobs: false);
        Assert.That(Status!.CurrentSize, Is.EqualTo(500));
        end.SetResult(new(1000, "", null, []));
        await _device.SettleAsync();
        Assert.That((Status!.Progress, Status.CurrentSize), Is.EqualTo((100u, 1000L)));
    }

    [Test]
    public async Task A_failure_is_told_and_tried_again_later()
    {
        _transfer.Next(new TransferResult(10, "", "404.", []));
        _transfer.Next(new TransferResult(100, "", null, []));
        Start();
        await WantedAsync(s_config);
        Assert.That(Status!.Error, Is.EqualTo("one: 404. Will retry in 00:10:00; have retried 0 times."));
        Assert.That((Status.State, Status.ErrorSeverity, Status.OrigError), Is.EqualTo((SwState.Downloading, ErrorSeverity.Notice, "404.")));
        await PassesAsync(599);
        Assert.That(_transfer.Plans, Has.Count.EqualTo(1));
        await PassesAsync(1);
        Assert.That((Status!.State, Status.Error, Status.RetryCount), Is.EqualTo((SwState.Downloaded, "", 1)));
    }

    [Test]
    public async Task A_datastore_that_comes_later_is_taken_at_once()
    {
        _device.Remove(ZedagentTopics.DatastoreConfig, s_store.ToString());
        _transfer.Next(new TransferResult(0, "", "not configured.", []));
        _transfer.Next(new TransferResult(100, "", null, []));
        Start();
        await WantedAsync(s_config);
        Assert.That(Status!.Error, Is.Not.Empty);
        _device.Publish(ZedagentTopics.DatastoreConfig, new DatastoreConfig(s_store, "DsHttps", "https://x"));
        await _device.SettleAsync();
        Assert.That(Status!.State, Is.EqualTo(SwState.Downloaded));
    }

    [Test]
    public async Task What_nobody_wants_ends_and_goes_when_its_configuration_goes()
    {
        _transfer.Hold();
        Start();
        await WantedAsync(s_config, jobs: false);
        await WantedAsync(s_config with { RefCount = 0 });
        Assert.That((Status!.Expired, Status.RefCount), Is.EqualTo((true, 0u)));
        _device.Remove(VolumemgrTopics.DownloaderConfig, "aa");
        await _device.SettleAsync();
        Assert.That((Status, _transfer.Deleted.Single()), Is.EqualTo(((DownloaderStatus?)null, "/pending/one")));
    }

    [Test]
    public async Task Wanted_again_it_goes_on()
    {
        _transfer.Hold();
        Start();
        await WantedAsync(s_config, jobs: false);
        await WantedAsync(s_config with { RefCount = 0 });
        _transfer.Next(new TransferResult(100, "", null, []));
        await WantedAsync(s_config);
        Assert.That((Status!.State, Status.Expired, Status.Error, _transfer.Deleted.Count), Is.EqualTo((SwState.Downloaded, false, "", 0)));
    }

    [Test]
    public async Task Content_that_was_no_good_is_loaded_from_its_first_byte()
    {
        _transfer.Next(new TransferResult(100, "", null, []));
        _transfer.Next(new TransferResult(100, "", null, []));
        Start();
        await WantedAsync(s_config);
        await WantedAsync(s_config with { LastRetry = _time.GetUtcNow() });
        Assert.That((_transfer.Plans.Count, _transfer.Deleted.Count, Status!.State), Is.EqualTo((2, 1, SwState.Downloaded)));
    }

    [Test]
    public async Task A_later_life_loads_nothing_again_and_forgets_what_went_meanwhile()
    {
        _transfer.Next(new TransferResult(100, "", null, []));
        _transfer.Next(new TransferResult(100, "", null, []));
        var life = Start();
        await WantedAsync(s_config);
        await WantedAsync(s_config with { ImageSha256 = "bb", Target = "/pending/two" });
        await life.CancelAsync();
        await _device.SettleAsync();
        _device.Remove(VolumemgrTopics.DownloaderConfig, "bb");
        Start();
        await _device.SettleAsync();
        Assert.That((_transfer.Plans.Count, _transfer.Deleted.Count), Is.EqualTo((2, 0)), "not complete yet");
        _device.Announce(VolumemgrTopics.DownloaderConfig);
        await _device.SettleAsync();
        Assert.That((_transfer.Plans.Count, _transfer.Deleted.Single(), Status!.State), Is.EqualTo((2, "/pending/two", SwState.Downloaded)));
    }

    [Test]
    public async Task Leftovers_go_only_when_it_is_known_what_is_wanted()
    {
        _transfer.Next(new TransferResult(100, "", null, []));
        Start();
        await WantedAsync(s_config);
        await PassesAsync(300);
        Assert.That(_transfer.Swept, Is.Empty);
        _device.Announce(VolumemgrTopics.DownloaderConfig);
        await PassesAsync(300);
        Assert.That(_transfer.Swept.Single(), Is.EquivalentTo(new[] { "/pending/one" }));
    }

    [TestCase(0, ErrorSeverity.Notice)]
    [TestCase(7, ErrorSeverity.Warning)]
    [TestCase(11, ErrorSeverity.Warning)]
    [TestCase(21, ErrorSeverity.Error)]
    public void A_failure_grows_worse_by_its_retries(int retries, ErrorSeverity expected) =>
        Assert.That(Downloads.Judge(new(RetryCount: retries), s_config, new(0, "", "x", []), ConfigView.Defaults, _time.GetUtcNow()).ErrorSeverity, Is.EqualTo(expected));

    sealed class FakeTransfer : ITransfer
    {
        readonly ConcurrentQueue<Task<TransferResult>> _next = [];

        public ConcurrentQueue<TransferPlan> Plans { get; } = [];
        public ConcurrentQueue<string> Deleted { get; } = [];
        public ConcurrentQueue<IReadOnlySet<string>> Swept { get; } = [];
        public IProgress<TransferProgress>? Progress { get; private set; }

        public void Next(TransferResult result) => _next.Enqueue(Task.FromResult(result));

        public TaskCompletionSource<TransferResult> Hold()
        {
            var held = new TaskCompletionSource<TransferResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            _next.Enqueue(held.Task);
            return held;
        }

        public Task<TransferResult> DownloadAsync(TransferPlan plan, IProgress<TransferProgress> progress, CancellationToken cancellationToken)
        {
            Plans.Enqueue(plan);
            Progress = progress;
            return _next.TryDequeue(out var result) ? result.WaitAsync(cancellationToken) : throw new InvalidOperationException("One download too many.");
        }

        public void Delete(string target) => Deleted.Enqueue(target);
        public void Sweep(IReadOnlySet<string> targets) => Swept.Enqueue(targets);
    }
}
