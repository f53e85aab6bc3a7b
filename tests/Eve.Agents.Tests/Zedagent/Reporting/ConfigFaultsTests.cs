using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Agents.Zedagent.Reporting;
using NUnit.Framework;
using Info = Eve.Api.Info;

namespace Eve.Tests.Zedagent.Reporting;

public class ConfigFaultsTests
{
    const string Id = "b0000000-0000-0000-0000-000000000001";

    static Info.ZInfoMsg Volume(Info.ErrorInfo? error = null) => new() { Vinfo = new() { Uuid = Id, VolumeErr = error } };

    [Test]
    public void A_fault_goes_out_with_the_object_that_has_it()
    {
        var (volume, other) = (Volume(), new Info.ZInfoMsg { Cinfo = new() { Uuid = Id } });
        ValueList<ConfigFault> faults = [new("volumes", $"{Id}#0", "data", "volume 'data': bad")];

        ConfigFaults.Add(volume, faults);
        ConfigFaults.Add(other, faults);

        Assert.That(volume.Vinfo.VolumeErr, Is.EqualTo(new Info.ErrorInfo { Description = "volume 'data': bad", Severity = Info.Severity.Warning }));
        Assert.That(other.Cinfo.Err, Is.Null);
        Assert.That(ConfigFaults.OfDevice(faults, ""), Is.Empty);
    }

    [Test]
    public void It_stands_behind_what_the_agents_say_and_is_not_said_twice()
    {
        var volume = Volume(new() { Description = "no space; second", Severity = Info.Severity.Error, RetryCondition = "later" });

        ConfigFaults.Add(volume, [new("volumes", $"{Id}#0", "data", "first"), new("volumes", $"{Id}#0", "data", "second")]);

        Assert.That(volume.Vinfo.VolumeErr, Is.EqualTo(new Info.ErrorInfo { Description = "no space; second; first", Severity = Info.Severity.Error, RetryCondition = "later" }));
    }

    [Test]
    public void What_has_no_report_of_its_own_is_told_with_the_device()
    {
        ValueList<ConfigFault> faults =
        [
            new("datastores", Id, "store.test", "type 42"), new("datastores", Id, "store.test", "no address"), new("volumes", "", "nameless", "no UUID"), new("bonds", "", "", "not built"),
        ];

        Assert.That(ConfigFaults.OfDevice(faults, "older"), Is.EqualTo(new[]
        {
            ("EdgeDevConfig", "older"), ("datastores 'store.test'", "type 42; no address"), ("volumes 'nameless'", "no UUID"), ("bonds", "not built"),
        }));
    }
}
