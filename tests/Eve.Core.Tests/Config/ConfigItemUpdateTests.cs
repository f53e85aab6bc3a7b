using System.Text.Json;
using Eve.Topics;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Eve.Tests.Config;

public class ConfigItemUpdateTests
{
    static ConfigItemUpdate From(ConfigItemValueMap? former, params (string Key, string Text)[] items) =>
        ConfigItemUpdate.From(former, items.Select(item => KeyValuePair.Create(item.Key, item.Text)), ConfigSource.Controller);

    static ConfigView View(ConfigItemUpdate update) => new(update.Values);

    [Test]
    public void Nothing_asked_for_means_all_defaults()
    {
        var update = ConfigItemUpdate.From(null, [], ConfigSource.Device);
        Assert.That(update.Values.GlobalSettings, Has.Count.EqualTo(128), "all but the two that only agents have");
        Assert.That(update.Values.AgentSettings, Is.Empty);
        Assert.That(update.Errors, Is.Empty);
        Assert.That(View(update).Get(ConfigItems.ConfigInterval), Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(View(update).Get(ConfigItems.UsbAccess), Is.True);
        Assert.That(View(From(null)).Get(ConfigItems.UsbAccess), Is.False, "a controller that does not set it");
    }

    [Test]
    public void A_good_value_applies_and_is_reported_as_EVE_writes_it()
    {
        var update = From(null, ("timer.config.interval", "10"), ("maintenance.mode", "on"), ("debug.enable.usb", "T"), ("timer.gc.vdisk", "0060"));
        Assert.That(View(update).Get(ConfigItems.ConfigInterval), Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(View(update).Get(ConfigItems.MaintenanceMode), Is.EqualTo(TriState.Enabled));
        Assert.That(update.Reports, Does.Contain(new ConfigItemReport("maintenance.mode", "enabled"))
            .And.Contain(new ConfigItemReport("debug.enable.usb", "true")).And.Contain(new ConfigItemReport("timer.gc.vdisk", "60")));
        Assert.That(update.Reports, Has.Count.EqualTo(128));
    }

    [Test]
    public void A_bad_value_leaves_the_former_one_and_the_others_apply()
    {
        var former = From(null, ("timer.config.interval", "10"));
        var update = From(former.Values, ("timer.config.interval", "3"), ("timer.metric.interval", "30"), ("timer.cert.interval", "soon"));
        Assert.That(View(update).Get(ConfigItems.ConfigInterval), Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(View(update).Get(ConfigItems.MetricInterval), Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(update.Errors, Is.EquivalentTo(new[]
        {
            new ConfigItemReport("timer.config.interval", "10",
                "timer.config.interval: '3' is refused: it must be a whole number from 5 to 86400; '10' stays in force"),
            new ConfigItemReport("timer.cert.interval", "86400",
                "timer.cert.interval: 'soon' is refused: it must be a whole number from 60 to 4294967295; '86400' stays in force"),
        }));
    }

    [Test]
    public void What_is_no_longer_asked_for_has_its_default_again()
    {
        var former = From(null, ("timer.config.interval", "10"), ("agent.nim.debug.loglevel", "debug"));
        Assert.That(From(former.Values).Values, Is.EqualTo(From(null).Values));
    }

    [Test]
    public void Of_two_texts_for_one_key_the_last_counts() =>
        Assert.That(View(From(null, ("timer.config.interval", "bad"), ("timer.config.interval", "20"))).Get(ConfigItems.ConfigInterval), Is.EqualTo(TimeSpan.FromSeconds(20)));

    [TestCase("timer.konfig.interval")]
    [TestCase("debug.loglevel")]
    [TestCase("agent.nim.debug.volume")]
    [TestCase("agent..debug.loglevel")]
    [TestCase("agent.nim")]
    [TestCase("agent.nim.timer.config.interval")]
    [TestCase("debug.nim.timer")]
    [TestCase("")]
    public void An_unknown_key_is_reported_and_not_stored(string key)
    {
        var update = From(null, (key, "1"));
        var error = update.Errors.Single();
        Assert.That((error.Key, error.Value, error.Known), Is.EqualTo((key, "1", false)));
        Assert.That(error.Error, Does.StartWith($"{key}: there is no such configuration item"));
        Assert.That(update.Values, Is.EqualTo(From(null).Values));
    }

    [Test]
    public void An_agent_may_have_a_level_of_its_own()
    {
        var view = View(From(null, ("debug.default.loglevel", "warning"), ("agent.nim.debug.loglevel", "trace"), ("agent.nim.debug.remote.loglevel", "none")));
        Assert.That(view.LogLevelFor("nim"), Is.EqualTo(LogLevel.Trace));
        Assert.That(view.LogLevelFor("zedagent"), Is.EqualTo(LogLevel.Warning));
        Assert.That(view.RemoteLogLevelFor("nim"), Is.EqualTo(LogLevel.None));
        Assert.That(view.RemoteLogLevelFor("zedagent"), Is.EqualTo(LogLevel.Information));
        Assert.That(view.Values.AgentSettings["nim"]["debug.loglevel"], Is.EqualTo(new ConfigItemValue("debug.loglevel", ConfigItemType.String, StrValue: "trace")));
    }

    [Test]
    public void The_former_spelling_of_an_agents_level_counts_unless_todays_is_there()
    {
        var view = View(From(null, ("agent.nim.debug.loglevel", "debug"), ("debug.nim.loglevel", "error"), ("debug.zedagent.remote.loglevel", "fatal")));
        Assert.That(view.LogLevelFor("nim"), Is.EqualTo(LogLevel.Debug));
        Assert.That(view.RemoteLogLevelFor("zedagent"), Is.EqualTo(LogLevel.Critical));
    }

    [Test]
    public void A_bad_level_of_an_agent_leaves_its_former_one_or_none()
    {
        var former = From(null, ("agent.nim.debug.loglevel", "debug"));
        var update = From(former.Values, ("agent.nim.debug.loglevel", "loud"), ("agent.zedagent.debug.loglevel", "loud"));
        Assert.That(update.Values.AgentSettings.Keys, Is.EqualTo(new[] { "nim" }));
        Assert.That(View(update).LogLevelFor("nim"), Is.EqualTo(LogLevel.Debug));
        Assert.That(update.Errors.Select(error => (error.Key, error.Value)), Is.EquivalentTo(new[]
        {
            ("agent.nim.debug.loglevel", "debug"), ("agent.zedagent.debug.loglevel", "info"),
        }));
    }

    [Test]
    public void Values_of_another_type_than_the_items_are_not_taken()
    {
        var wrong = new ConfigItemValueMap(new Dictionary<string, ConfigItemValue>
        {
            ["timer.config.interval"] = new("timer.config.interval", ConfigItemType.String, StrValue: "x"),
        }.ToValueMap());
        Assert.That(new ConfigView(wrong).Get(ConfigItems.ConfigInterval), Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(View(From(wrong, ("timer.config.interval", "bad"))).Get(ConfigItems.ConfigInterval), Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(ConfigView.Defaults.Get(ConfigItems.KernelLogLevel), Is.EqualTo(SyslogLevel.Informational));
    }

    [Test]
    public void They_travel_in_EVEs_form()
    {
        var values = From(null, ("timer.config.interval", "10"), ("agent.nim.debug.loglevel", "debug"), ("maintenance.mode", "on")).Values;
        var json = JsonSerializer.Serialize(values, ConfigItemValueMap.Json);
        Assert.That(json, Does.Contain(
            """timer.config.interval":{"Key":"timer.config.interval","ItemType":1,"IntValue":10,"StrValue":"","BoolValue":false,"TriStateValue":0}"""));
        Assert.That(json, Does.Contain("""maintenance.mode":{"Key":"maintenance.mode","ItemType":4,"IntValue":0,"StrValue":"","BoolValue":false,"TriStateValue":2}"""));
        Assert.That(json, Does.Contain(
            """AgentSettings":{"nim":{"debug.loglevel":{"Key":"debug.loglevel","ItemType":3,"IntValue":0,"StrValue":"debug","BoolValue":false,"TriStateValue":0}}}"""));
        Assert.That(JsonSerializer.Deserialize(json, ConfigItemValueMap.Json), Is.EqualTo(values));
    }

    [Test]
    public void A_hostile_text_stays_one_short_line_in_the_report()
    {
        var text = "1\n" + new string('x', 100_000);
        Assert.That(From(null, ("timer.config.interval", text)).Errors.Single().Error, Has.Length.LessThan(300).And.Not.Contains("\n"));
    }

    [Test]
    public void The_platform_gives_the_least_memory_of_the_device()
    {
        var update = ConfigItemUpdate.From(
            null, [KeyValuePair.Create("memory.eve.limit.MiB", "500")], ConfigSource.Controller, new ConfigPlatform(600L << 20));
        Assert.That(View(update).Get(ConfigItems.EveMemoryLimitMiB), Is.EqualTo(600));
        Assert.That(update.Errors.Single().Error, Does.Contain("a whole number from 600 to 4294967295"));
    }
}

static class ValueMaps
{
    public static ValueMap<string, T> ToValueMap<T>(this Dictionary<string, T> entries) => new(entries.AsEnumerable());
}
