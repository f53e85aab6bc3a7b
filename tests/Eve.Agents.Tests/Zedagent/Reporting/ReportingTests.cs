using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;
using NUnit.Framework;
using Wire = Eve.Api.Info;

namespace Eve.Tests.Zedagent.Reporting;

public class ReportingTests
{
    static readonly GoTime s_time = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [TestCase(0UL, 0UL, 0UL)]
    [TestCase(1UL, 0UL, 1UL)]
    [TestCase((1UL << 19) - 1, 0UL, 1UL)]
    [TestCase(1UL << 19, 1UL, 1UL)]
    [TestCase(1UL << 20, 1UL, 1UL)]
    [TestCase((1UL << 20) + 1, 1UL, 2UL)]
    [TestCase(ulong.MaxValue, 1UL << 44, 1UL << 44)]
    public void Bytes_become_MiB(ulong bytes, ulong nearest, ulong up) => Assert.Multiple(() =>
    {
        Assert.That(Units.MiB(bytes), Is.EqualTo(nearest));
        Assert.That(Units.MiBUp(bytes), Is.EqualTo(up));
    });

    [Test]
    public void Each_state_has_the_controllers_number()
    {
        int[] numbers = [1, 12, 13, 2, 3, 16, 17, 18, 4, 14, 15, 5, 20, 22, 6, 7, 7, 5, 8, 9, 8, 7, 23, 24, 21, 19];
        Assert.Multiple(() =>
        {
            for (var i = 0; i < numbers.Length; i++)
                Assert.That((int)States.Of((SwState)(100 + i)), Is.EqualTo(numbers[i]), $"{(SwState)(100 + i)}");
            Assert.That(States.Of(0), Is.EqualTo(Wire.ZSwState.Invalid));
            Assert.That(States.Of((SwState)200), Is.EqualTo(Wire.ZSwState.Invalid));
        });
    }

    [Test]
    public void No_error_is_no_message_and_an_error_keeps_all_that_it_has()
    {
        Assert.That(Errors.Of(new ErrorDescription()), Is.Null);
        var error = Errors.Of(new ErrorDescription("no space", s_time, ErrorSeverity.Warning, "more space", [new(ErrorEntityType.Volume, "v")]))!;
        Assert.That(error.ToString(), Is.EqualTo("""
            { "description": "no space", "timestamp": "2026-11-24T09:00:00Z", "severity": "SEVERITY_WARNING", "entities": [ { "entity": "ENTITY_VOLUME", "entityId": "v" } ], "retryCondition": "more space" }
            """.Trim()));
    }

    [Test]
    public void A_test_that_went_well_has_no_text_and_one_that_failed_later_has()
    {
        var passed = Errors.Of(new TestResults(s_time, s_time + TimeSpan.FromSeconds(1), "old"));
        var failed = Errors.Of(new TestResults(s_time + TimeSpan.FromSeconds(1), s_time, "no lease"));
        Assert.Multiple(() =>
        {
            Assert.That(passed.Description, Is.Empty);
            Assert.That(passed.Severity, Is.EqualTo(Wire.Severity.Unspecified));
            Assert.That((failed.Description, failed.Severity), Is.EqualTo(("no lease", Wire.Severity.Error)));
            Assert.That(Errors.Of(new TestResults()).Timestamp, Is.Null);
        });
    }

    [Test]
    public void Errors_of_adapters_name_each_and_the_group_once()
    {
        IoBundle[] group =
        [
            new(Logicallabel: "eth0", Error: new([new("shared", GroupScoped: true), new("busy", Warning: true)], s_time)),
            new(Logicallabel: "eth1", Error: new([new("shared", GroupScoped: true)], s_time + TimeSpan.FromSeconds(5))),
        ];
        var error = Errors.Of(group)!;
        Assert.That((error.Description, error.Severity, error.Timestamp.Seconds), Is.EqualTo(("shared; eth0: busy", Wire.Severity.Error, s_time.UnixSeconds + 5)));
        Assert.That(Errors.Join(new() { Description = "no lease", Severity = Wire.Severity.Warning }, error).Description, Is.EqualTo("no lease; shared; eth0: busy"));
        Assert.That(Errors.Join(error, Errors.Of([new IoBundle(Error: new([new("x")]))])).Timestamp, Is.EqualTo(error.Timestamp));
    }

    [Test]
    public void Progress_of_a_blob_counts_from_the_first_byte()
    {
        Assert.That(Progress(50, 100), Is.EqualTo(50));
        Assert.That(Progress(50, 0), Is.Zero);
        Assert.That(Progress(200, 100), Is.EqualTo(100));

        static uint Progress(long current, long total) =>
            ContentReport.Of(new BlobStatus(CurrentSize: current, TotalSize: total)).Binfo.Blob[0].ProgressPercentage;
    }

    [Test]
    public void Without_any_topic_there_is_still_a_report_and_still_metrics()
    {
        var device = DeviceReport.Of(new DeviceInputs(new())).Dinfo;
        var metrics = MetricsReport.Of(new MetricsInputs(), Guid.Empty, s_time.ToDateTimeOffset());
        Assert.Multiple(() =>
        {
            Assert.That(device.State, Is.EqualTo(Wire.ZDeviceState.Booting));
            Assert.That(device.SystemAdapter, Is.Null);
            Assert.That(device.LastRebootTime, Is.Null);
            Assert.That(metrics.Dm.DeviceMemory, Is.Null);
            Assert.That(metrics.Dm.SystemServicesMemoryMB, Is.Null);
            Assert.That((metrics.Dm.Memory.UsedPercentage, metrics.Dm.Memory.AvailPercentage), Is.EqualTo((0, 100)));
            Assert.That(metrics.AtTimeStamp.Seconds, Is.EqualTo(s_time.UnixSeconds));
        });
    }

    [Test]
    public void More_in_the_folders_than_on_the_disk_is_no_wrap_around()
    {
        DiskMetric[] disks = [new("/persist", UsedBytes: 1 << 20, IsDir: true), new("/persist/vault/volumes", UsedBytes: 3 << 20, IsDir: true)];
        Assert.That(Disks.Shares(disks), Is.EqualTo((3UL, 0UL)));
    }

    [Test]
    public void Connections_of_several_agents_are_summed_by_port_and_URL()
    {
        var one = new MetricsMap([new("eth0", new(1, 2, s_time, URLCounters: [new("u", new(SentMsgCount: 2))]))]);
        var other = new MetricsMap([new("eth0", new(1, 0, s_time + TimeSpan.FromSeconds(1), URLCounters: [new("u", new(SentMsgCount: 3)), new("w", new())])), new("eth1", new())]);
        var sum = ControllerMetrics.Of([one, other]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(sum.Select(s => s.IfName), Is.EqualTo(new[] { "eth0", "eth1" }));
            Assert.That((sum[0].Failures, sum[0].Success, sum[0].LastFailure.Seconds), Is.EqualTo((2UL, 2UL, s_time.UnixSeconds + 1)));
            Assert.That(sum[0].UrlMetrics.Select(u => (u.Url, u.SentMsgCount)), Is.EqualTo(new[] { ("u", 5L), ("w", 0L) }));
        });
    }
}
