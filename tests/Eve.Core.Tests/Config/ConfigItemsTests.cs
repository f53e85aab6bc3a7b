using System.Globalization;
using System.Reflection;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Config;

/// <summary>The table of items against EVE's, row by row.</summary>
public class ConfigItemsTests
{
    // 3 GiB and one byte: bytes as they are, MiB rounded up.
    static readonly ConfigPlatform Platform = new(3UL * 1024 * 1024 * 1024 + 1);

    static IEnumerable<TestCaseData> Rows() =>
        from line in File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Config", "config-items.tsv")).Skip(1)
        let row = line.Split('\t')
        select new TestCaseData(new Row(row[0], row[1], row[2], row[3], row[4], row[5], row[6])).SetArgDisplayNames(row[0]);

    public sealed record Row(string Key, string Type, string Default, string Min, string Max, string Validation, string Scope);

    [Test]
    public void There_are_as_many_as_EVE_has_each_declared_once()
    {
        Assert.That(ConfigItems.All, Has.Count.EqualTo(130).And.Count.EqualTo(Rows().Count()));
        Assert.That(ConfigItems.All.Select(item => item.Key), Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        var fields = typeof(ConfigItems).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => typeof(ConfigItem).IsAssignableFrom(field.FieldType));
        Assert.That(fields.Select(field => field.GetValue(null)), Is.EqualTo(ConfigItems.All));
    }

    [TestCaseSource(nameof(Rows))]
    public void Each_is_as_in_EVE(Row row)
    {
        var item = ConfigItems.Find(row.Key)!;
        var type = row.Type switch { "bool" => ConfigItemType.Bool, "int(u32)" => ConfigItemType.Int, "string" => ConfigItemType.String, _ => ConfigItemType.TriState };
        Assert.That(item, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.ItemType, Is.EqualTo(type));
            Assert.That(item.PerAgent, Is.EqualTo(row.Scope.StartsWith("per-agent", StringComparison.Ordinal)));
            Assert.That(ConfigItem.Text(item.Default(platform: Platform)), Is.EqualTo(Expected(row.Default)));
            Assert.That(item.Parse(Expected(row.Default), Platform, out _), Is.EqualTo(item.Default(platform: Platform)), "its default is allowed");
        }

        if (type == ConfigItemType.Int)
            CheckRange(item, uint.Parse(Expected(row.Min), CultureInfo.InvariantCulture), uint.Parse(row.Max, CultureInfo.InvariantCulture));
        else if (row.Validation != "any")
            Assert.That(item.Parse("\\ wrong /", Platform, out _), Is.Null, row.Validation);
    }

    static string Expected(string text) => text switch
    {
        "\"\"" => "",
        "platform(memory limit MiB rounded up)" => "3073",
        "platform(memory limit bytes, clamped u32)" => "3221225473",
        _ => text,
    };

    static void CheckRange(ConfigItem item, uint min, uint max)
    {
        Assert.That(Parses(item, min) && Parses(item, max));
        Assert.That(min == 0 || !Parses(item, min - 1L), $"below {min}");
        Assert.That(!Parses(item, max + 1L), $"above {max}");
    }

    static bool Parses(ConfigItem item, long value) => item.Parse(value.ToString(CultureInfo.InvariantCulture), Platform, out _) is not null;

    [TestCase("debug.enable.usb", "1,t,T,TRUE,true,True,0,f,F,FALSE,false,False", "yes,on,tRUE,2,")]
    [TestCase("maintenance.mode", "none,enabled,enable,on,disabled,disable,off", "ENABLED,true,")]
    [TestCase("timer.config.interval", "5,60,86400,0060", "4,86401,-60,+60,6e1, 60,60s,99999999999999999999,")]
    [TestCase("debug.default.loglevel", "none,all,panic,fatal,error,warn,warning,info,debug,trace,INFO", "notice,verbose,ALL,")]
    [TestCase("debug.kernel.loglevel", "none,emerg,alert,crit,critical,err,error,warning,warn,notice,info,debug,all", "trace,fatal,")]
    [TestCase("app.boot.order", ",usb,nousb", "USB,disk")]
    [TestCase("igpu.gop", ",i915ovmf.rom", ".,..,a/b,/etc/passwd,a\\b")]
    [TestCase("vector.config", ",aGVsbG8=,AA==", "aGVsbG8,a-_=,hello world,AA ==")]
    [TestCase("k3s.version", ",v1.28.5+k3s1,1.30.1-rc1+k3s2", "v2.0.0+k3s1,latest,v1.28.5")]
    [TestCase("storage.longhorn.node-drain-policy", "always-allow,block-for-eviction", ",never")]
    [TestCase("diag.probe.remote.http.endpoint", ",www.example.com,10.1.2.3,http://example.com/x,http://10.1.2.3:8080", "https://example.com,ftp://example.com,two words,http://")]
    [TestCase("diag.probe.remote.https.endpoint", ",www.example.com,https://example.com/x", "http://example.com,10.1.2.3,https://10.1.2.3,https://[::1]/")]
    public void Spellings(string key, string good, string bad)
    {
        var item = ConfigItems.Find(key)!;
        foreach (var text in good.Split(','))
            Assert.That(item.Parse(text, Platform, out _), Is.Not.Null, $"'{text}'");
        foreach (var text in bad.Split(','))
            Assert.That(item.Parse(text, Platform, out _), Is.Null, $"'{text}'");
    }

    [TestCase("", true)]
    [TestCase("0 2 * * 6,0", true)]
    [TestCase("*/15 0-23/2 1,15 1-12 7", true)]
    [TestCase("60 2 * * *", false)]
    [TestCase("0 24 * * *", false)]
    [TestCase("0 0 0 * *", false)]
    [TestCase("0 0 * 13 *", false)]
    [TestCase("0 0 * * 8", false)]
    [TestCase("0 0 * *", false)]
    [TestCase("0 0 * * * *", false)]
    [TestCase("0 0 * * MON", false)]
    [TestCase("9-5 0 * * *", false)]
    [TestCase("*/0 0 * * *", false)]
    [TestCase("@daily", false)]
    public void Cron_fields(string text, bool good) => Assert.That(ConfigItems.VaultTrimCron.Parse(text, Platform, out _) is not null, Is.EqualTo(good));

    [Test]
    public void Three_have_another_default_once_a_controller_has_been_heard()
    {
        var moved = ConfigItems.All.Where(item => item.Default(ConfigSource.Device) != item.Default(ConfigSource.Controller));
        Assert.That(moved, Is.EquivalentTo(new[] { ConfigItems.UsbAccess, ConfigItems.VgaAccess, ConfigItems.ConsoleAccess }));
        Assert.That(ConfigItems.UsbAccess.Default(ConfigSource.Controller).BoolValue, Is.False);
    }
}
