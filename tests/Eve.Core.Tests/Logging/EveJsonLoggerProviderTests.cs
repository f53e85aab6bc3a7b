using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Logging;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public partial class EveJsonLoggerProviderTests
{
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)) + TimeSpan.FromTicks(1_234_500));
    readonly StringWriter _output = new();
    readonly LogFeed _feed = new(capacity: 3);
    readonly LogLevels _levels = new();

    [TearDown]
    public void Close() => _output.Dispose();

    JsonElement[] Written() =>
        [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];

    [Test]
    public async Task A_line_has_EVEs_form_and_goes_to_the_feed_too()
    {
        using (var provider = new EveJsonLoggerProvider(_output, _feed, _levels, _time))
            Downloaded(provider.CreateLogger("downloader"), "a \"blob\"\n<x>", 42, "spoof");

        var line = Written().Single();
        Assert.That(line.EnumerateObject().Select(field => (field.Name, field.Value.ToString())), Is.EqualTo(new[]
        {
            ("level", "info"), ("time", "2026-03-04T03:06:07.12345Z"), ("msg", "a \"blob\"\n<x>: 42 bytes of spoof"), ("source", "downloader"),
            ("pid", $"{Environment.ProcessId}"), ("func", "Downloaded"), ("blob", "a \"blob\"\n<x>"), ("bytes", "42"), ("fields.source", "spoof"),
        }));
        await foreach (var fed in _feed.ReadAllAsync(default))
        {
            Assert.That((fed.Source, fed.Level, fed.Json), Is.EqualTo(("downloader", LogLevel.Information, _output.ToString().TrimEnd())));
            break;
        }
    }

    [Test]
    public void An_exception_is_told()
    {
        using (var provider = new EveJsonLoggerProvider(_output, _feed, _levels, _time))
            Failed(provider.CreateLogger("nim"), new EveException("eth0: no carrier"));
        Assert.That(Written().Single().GetProperty("error").GetString(), Does.StartWith("Eve.EveException: eth0: no carrier"));
    }

    [Test]
    public void Levels_follow_the_configuration_items()
    {
        using var provider = new EveJsonLoggerProvider(_output, _feed, _levels, _time);
        var (nim, zedagent) = (provider.CreateLogger("nim"), provider.CreateLogger("zedagent"));
        Assert.That((nim.IsEnabled(LogLevel.Debug), nim.IsEnabled(LogLevel.Information)), Is.EqualTo((false, true)));

        _levels.Use(View(("agent.nim.debug.loglevel", "debug"), ("debug.default.loglevel", "error")));
        Assert.That((nim.IsEnabled(LogLevel.Debug), zedagent.IsEnabled(LogLevel.Warning), zedagent.IsEnabled(LogLevel.Error)), Is.EqualTo((true, false, true)));

        _levels.Use(View(("debug.default.loglevel", "none")));
        Assert.That((nim.IsEnabled(LogLevel.Critical), zedagent.IsEnabled(LogLevel.Critical)), Is.EqualTo((false, false)));
    }

    [Test]
    public void A_feed_that_nobody_reads_loses_lines_and_counts_them()
    {
        using (var provider = new EveJsonLoggerProvider(_output, _feed, _levels, _time))
        {
            for (var i = 0; i < 5; i++)
                Downloaded(provider.CreateLogger("downloader"), "b", i, "");
        }

        Assert.That(_feed.TakeDropped(), Is.EqualTo(2));
        Assert.That(_feed.TakeDropped(), Is.Zero);
        Assert.That(Written(), Has.Length.EqualTo(5));
    }

    [Test]
    public void An_output_that_has_gone_does_not_matter()
    {
        var gone = new StreamWriter(new MemoryStream());
        gone.Dispose();
        using var provider = new EveJsonLoggerProvider(gone, _feed, _levels, _time);
        Assert.That(() => Dead(provider.CreateLogger("nim")), Throws.Nothing);
    }

    [Test]
    public async Task Lines_are_written_without_a_disposal_and_the_last_words_at_once()
    {
        using var provider = new EveJsonLoggerProvider(_output, _feed, _levels, _time);
        Downloaded(provider.CreateLogger("downloader"), "b", 1, "");
        Dead(provider.CreateLogger("nim"));
        Assert.That(Written().Select(line => line.GetProperty("level").GetString()), Is.EqualTo(new[] { "info", "fatal" }));
        provider.Dispose();
        await provider.Written;
    }

    static ConfigView View(params (string Key, string Text)[] items) =>
        new(ConfigItemUpdate.From(null, items.Select(item => KeyValuePair.Create(item.Key, item.Text)), ConfigSource.Controller).Values);

    [LoggerMessage(Level = LogLevel.Information, Message = "{blob}: {bytes} bytes of {source}")]
    static partial void Downloaded(ILogger log, string blob, long bytes, string source);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot go on")]
    static partial void Failed(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Dead")]
    static partial void Dead(ILogger log);
}
