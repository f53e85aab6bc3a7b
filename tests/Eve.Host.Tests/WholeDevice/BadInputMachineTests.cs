using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;
using static Eve.Tests.WholeDevice.BadInput;

namespace Eve.Tests.WholeDevice;

/// <summary>A machine that lacks a part: each is missed by name, with the package that brings it, and used once it is there.</summary>
[Category("system")]
[Parallelizable]       // most of its time it waits
public class BadInputMachineTests
{
    const int Second = 91;

    [Test]
    [CancelAfter(400_000)]
    public async Task Missing_parts_of_the_machine_are_told_and_used_once_they_are_there()
    {
        var libvirt = Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "libvirt.so.0")).First(File.Exists);
        await using var lab = await DeviceLab.StartAsync();
        lab.StartWithout(libvirt);
        await lab.UntilToldAsync(new Complaint("ainfo", DeviceConfig.App, "demo-app", "libvirt.so.0", "install packages libvirt0"));
        await lab.HideAsync(libvirt, hidden: false);
        var page = await lab.UntilAnswersAsync();
        var good = new GoodApp(await lab.GuestAsync(DeviceConfig.App), page);

        string[] programs = ["qemu-img", "dnsmasq", "xorriso", "qemu-system-x86_64"];
        foreach (var program in programs)
            await lab.HideAsync(Find(program));
        await lab.ConfigureAsync(WithSecond(0));
        await lab.UntilToldAsync(
            new Complaint("niinfo", Id('e', Second), "dnsmasq", "is not installed", "install package dnsmasq-base"),
            new Complaint("vinfo", Id('b', Second), "second volume", "qemu-img is not installed", "install package qemu-utils"),
            new Complaint("ainfo", Id('a', Second), "qemu-img is not installed", "install package qemu-utils"));
        await lab.AssertUnmovedAsync(good);

        await lab.HideAsync(Find("dnsmasq"), hidden: false);
        await lab.HideAsync(Find("qemu-img"), hidden: false);
        await lab.UntilMendedAsync("niinfo", [Id('e', Second)], IsActive);
        await lab.UntilToldAsync(new Complaint("ainfo", Id('a', Second), "second-app", "xorriso is not installed", "install package xorriso"));
        await lab.HideAsync(Find("xorriso"), hidden: false);
        await lab.ConfigureAsync(WithSecond(1));        // another configuration is tried at once
        await lab.UntilToldAsync(new Complaint("ainfo", Id('a', Second), "second-app", "qemu-system-x86_64 is not installed", "install package qemu-system-x86"));
        await lab.HideAsync(Find("qemu-system-x86_64"), hidden: false);
        await lab.ConfigureAsync(WithSecond(2));
        await lab.UntilAnswersAsync(8000 + Second, "second 2 answers");
        await lab.AssertUnmovedAsync(good);

        // Guests from before run on when nothing can be learned of them, and are found again.
        var second = await lab.GuestAsync(Id('a', Second));
        await lab.Device.KillAsync(CancellationToken.None);
        lab.StartWithout(libvirt);
        await lab.UntilToldAsync(
            new Complaint("ainfo", DeviceConfig.App, "libvirt.so.0", "install packages libvirt0"),
            new Complaint("ainfo", Id('a', Second), "libvirt.so.0", "install packages libvirt0"));
        Assert.That((await lab.GuestAsync(DeviceConfig.App), await lab.GuestAsync(Id('a', Second))), Is.EqualTo((good.Guest, second)));
        await lab.HideAsync(libvirt, hidden: false);
        await lab.UntilMendedAsync("ainfo", [DeviceConfig.App, Id('a', Second)], app => State(app) == "RUNNING");
        await lab.AssertUnmovedAsync(good);
    }

    static JsonObject WithSecond(int version) => DeviceLab.WithApp()
        .With("volumes", DeviceConfig.VolumeOf(Id('b', Second), "second volume", DeviceConfig.Content))
        .With("networkInstances", DeviceConfig.InstanceOf(Id('e', Second), "second network", Second))
        .With("apps", DeviceConfig.AppOf(Id('a', Second), "second-app", $"message: second {version} answers\n", Id('b', Second), Id('e', Second), 8000 + Second, mebibytes: 128));

    static string Find(string program) =>
        new[] { "/usr/sbin", "/usr/bin" }.Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
