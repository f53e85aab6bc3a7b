using System.Collections.Concurrent;
using Eve.Agents.Logmanager;
using Eve.Agents.Shared;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Logmanager;

public class LogmanagerAgentTests
{
    static readonly Guid s_device = Guid.NewGuid(), s_app = Guid.NewGuid();

    TemporaryFolder _folder = null!;
    FakeTimeProvider _time = null!;
    TestDevice _device = null!;
    LogFeed _feed = null!;
    Uploads _controller = null!;
    Lines _log = null!;

    [SetUp]
    public void SetUp()
    {
        (_folder, _time, _feed, _controller, _log) = (new(), new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)), new(), new(), new());
        _device = NewDevice();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _device.DisposeAsync();
        _folder.Dispose();
    }

    EvePaths Paths => new(_folder.Root);

    TestDevice NewDevice() => new(
        Paths, _time, _log, AgentNames.Zedagent, AgentNames.Zedclient, AgentNames.Nim, AgentNames.Newlogd, AgentNames.Loguploader);

    void Start() => _device.Start(
        AgentNames.Logmanager, new LogmanagerAgent(_feed, new LogFiles(Paths, _time), _controller, () => 0.5), AgentNames.Newlogd, AgentNames.Loguploader);

    async Task OnlineAsync()
    {
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(s_device));
        _device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(Ports: [new NetworkPortStatus("eth0", IsMgmt: true, IsL3Port: true, AddrInfoList: [new AddrInfo("10.0.0.2")])]));
        await _device.SettleAsync();
    }

    async Task LineAsync(string text, LogLevel level = LogLevel.Information)
    {
        _feed.Write(new LogLine(_time.GetUtcNow(), level, "nim", text, $"{{\"msg\":\"{text}\"}}"));
        await Eventually.Async(() => Directory.Exists(In("collect")) && Directory.GetFiles(In("collect"), "dev.log.keep.*").Any(f => File.ReadAllText(f).Contains(text)));
        await _device.SettleAsync();
    }

    async Task PassesAsync(double seconds)
    {
        for (; seconds > 0; seconds -= 30)
        {
            _time.Advance(TimeSpan.FromSeconds(Math.Min(30, seconds)));
            await _device.SettleAsync();
        }
    }

    string In(string folder) => Path.Combine(Paths.Newlog, folder);
    int Files(string folder) => Directory.GetFiles(In(folder)).Length;

    [Test]
    public async Task Lines_before_and_after_onboarding_reach_the_controller()
    {
        Start();
        await LineAsync("early");
        await OnlineAsync();
        await LineAsync("late");
        await PassesAsync(300);
        Assert.That(Files("devUpload") + _controller.Got.Count, Is.GreaterThan(0));
        await PassesAsync(120);
        var (path, body) = _controller.Got.Single();
        Assert.That(path, Is.EqualTo($"id/{s_device}/newlogs"));
        Assert.That(LogFilesTests.Unzip(body), Has.Length.EqualTo(2).And.Some.Contains("early").And.Some.Contains("late"));
        Assert.That(Files("devUpload"), Is.Zero);
        Assert.That(_device.ReadAll(LoguploaderTopics.NewlogMetrics).Values.Single().DevMetrics.NumGZipFilesSent, Is.EqualTo(1));
        await PassesAsync(90);
        var metrics = _device.ReadAll(NewlogdTopics.NewlogMetrics).Values.Single();
        Assert.That((metrics.DevMetrics.NumInputEvent, metrics.DevMetrics.NumGZipFilesSent, metrics.FailedToSend), Is.EqualTo((2ul, 1ul, false)));
    }

    [Test]
    public async Task What_is_not_for_the_controller_stays_on_the_device()
    {
        _device.Publish(ZedagentTopics.ConfigItemValueMap, ConfigItemUpdate.From(new(), [new("debug.default.remote.loglevel", "warning")], ConfigSource.Controller).Values);
        Start();
        await OnlineAsync();
        await LineAsync("detail");
        await LineAsync("trouble", LogLevel.Warning);
        await PassesAsync(480);
        Assert.That(LogFilesTests.Unzip(_controller.Got.Single().Body).Single(), Does.Contain("trouble"));
    }

    [Test]
    public async Task An_app_s_console_goes_under_its_own_name_unless_its_logs_are_disabled()
    {
        Start();
        await OnlineAsync();
        var feed = new Feed<ConsoleLine>(_device.Bus.Of(ConsoleLine.Feed));
        feed.TryWrite(new ConsoleLine(_time.GetUtcNow(), s_app, "demo", false, "login:"));
        feed.TryWrite(new ConsoleLine(_time.GetUtcNow(), Guid.NewGuid(), "quiet", true, "secret"));
        await _device.SettleAsync();
        await PassesAsync(480);
        var (path, body) = _controller.Got.Single();
        Assert.That((path, LogFilesTests.Unzip(body).Single().Contains("login:")), Is.EqualTo(($"id/{s_device}/apps/instanceid/{s_app}/newlogs", true)));
        Assert.That((Files("appUpload"), Files("keepSentQueue")), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task While_the_controller_is_away_files_stay_and_few_lines_are_written_about_it()
    {
        _controller.Code = 0;
        Start();
        await OnlineAsync();
        await LineAsync("one");
        await PassesAsync(3600);
        Assert.That((Files("devUpload"), _log.Count), Is.EqualTo((1, 1)));
        Assert.That(_controller.Tries, Is.InRange(4, 15), "with pauses that grow");
        Assert.That(_device.ReadAll(LoguploaderTopics.NewlogMetrics).Values.Single().FailedToSend);

        _controller.Code = 200;
        await PassesAsync(900);
        Assert.That((Files("devUpload"), _controller.Got.Count, _log.Count), Is.EqualTo((0, 1, 2)));
        await PassesAsync(3600);
        Assert.That((_controller.Got.Count, _log.Count), Is.EqualTo((1, 2)), "sending makes no lines of its own");
    }

    [Test]
    public async Task A_file_that_the_controller_refuses_is_laid_aside_after_ten_tries()
    {
        _controller.Code = 400;
        Start();
        await OnlineAsync();
        await LineAsync("one");
        await PassesAsync(4 * 3600);
        Assert.That((Files("devUpload"), Files("failedUpload"), _controller.Tries), Is.EqualTo((0, 1, 10)));
    }

    [Test]
    public async Task A_disk_that_fails_ends_nothing()
    {
        Directory.CreateDirectory(Paths.Persist);
        File.WriteAllText(Paths.Newlog, "in the way");
        Start();
        await OnlineAsync();
        for (var i = 0; i < 100; i++)
            _feed.Write(new LogLine(_time.GetUtcNow(), LogLevel.Information, "nim", "x", "{}"));
        await _device.SettleAsync();
        await PassesAsync(600);
        Assert.That(_log.Count, Is.EqualTo(1));

        File.Delete(Paths.Newlog);
        await LineAsync("again");
        Assert.That(_log.Count, Is.EqualTo(2));
        await PassesAsync(480);
        Assert.That(_controller.Got, Has.Count.EqualTo(1));
    }

    sealed class Uploads : IController
    {
        int _tries;

        public int Code { get; set; } = 200;
        public int Tries => Volatile.Read(ref _tries);
        public ConcurrentQueue<(string Path, byte[] Body)> Got { get; } = [];

        public Task<ControllerAnswer> SendAsync(ControllerRequest request, ValueList<ManagementPort> ports, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _tries);
            if (Code == 200)
                Got.Enqueue((request.Path, request.Body!));
            return Task.FromResult(new ControllerAnswer { HttpCode = Code, Status = Code == 200 ? SenderStatus.None : SenderStatus.Failed, Error = $"{Code}" });
        }
    }

    sealed class Lines : ILogger
    {
        int _count;
        public int Count => Volatile.Read(ref _count);
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Interlocked.Increment(ref _count);
    }
}
