using Eve.Agents.Client;
using Eve.Agents.Shared;
using Eve.Api.Register;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Tests.Shared.Controller;
using Eve.Topics;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Client;

/// <summary>A device that was onboarded at an earlier boot.</summary>
public class ClientOfflineTests : ClientFixture
{
    async Task OnboardedBeforeAsync()
    {
        Start();
        await NetworkIsAsync(Network());
        Assert.That(Onboarded, Is.Not.Null);
        await _device.DisposeAsync();
        (_device, _controller) = (NewDevice(), new(s_pki));
    }

    [Test]
    public async Task Without_network_a_device_starts_under_its_old_name_after_five_seconds()
    {
        await OnboardedBeforeAsync();
        Start();
        await PassesAsync(4.9);
        Assert.That(Onboarded, Is.Null);
        await PassesAsync(0.2);

        Assert.That(Onboarded, Is.EqualTo(new OnboardingStatus(FakeController.Device, "Acme.Box")));
        Assert.That(_controller.Asked, Is.Empty);
    }

    [Test]
    public async Task Offline_is_not_waited_for_though_a_request_hangs()
    {
        await OnboardedBeforeAsync();
        _controller.Gate = new TaskCompletionSource().Task;
        Start();
        _device.Publish(NimTopics.DeviceNetworkStatus, Network(DPCState.RemoteWait));
        await _device.SettleAsync(jobs: false);
        _time.Advance(TimeSpan.FromSeconds(5.1));
        await _device.SettleAsync();

        Assert.That(Onboarded!.DeviceUUID, Is.EqualTo(FakeController.Device));
    }

    [Test]
    public async Task Offline_works_with_a_clock_that_says_1970()
    {
        await OnboardedBeforeAsync();
        _time = new(DateTimeOffset.UnixEpoch);
        _device = NewDevice();
        Start();
        await PassesAsync(5.1);

        Assert.That(Onboarded!.DeviceUUID, Is.EqualTo(FakeController.Device));
    }

    [Test]
    public async Task Online_with_a_clock_that_says_1970_goes_on_trying()
    {
        _time = new(DateTimeOffset.UnixEpoch);
        await _device.DisposeAsync();
        _device = NewDevice();
        Start();
        await NetworkIsAsync(Network());
        Assert.That((Onboarded, Led), Is.EqualTo(((OnboardingStatus?)null, (LedBlinkCount?)LedBlinkCount.InvalidControllerCert)));

        _time.SetUtcNow(TimeProvider.System.GetUtcNow());
        await PassesAsync(1);
        Assert.That(Onboarded, Is.Not.Null);
    }

    [TestCase("uuid")]
    [TestCase("checkpoint")]
    [TestCase("root")]
    public async Task Offline_needs_all_of_name_and_certificates(string missing)
    {
        await OnboardedBeforeAsync();
        if (missing == "uuid")
            File.Delete(Status("uuid"));
        else if (missing == "root")
            Config("root-certificate.pem", Pki.Root().Pem);
        else
            Directory.Delete(_paths.Checkpoint, recursive: true);
        Start();
        await PassesAsync(6);

        Assert.That(Onboarded, Is.Null);
    }

    [Test]
    public async Task With_network_the_old_name_is_not_enough()
    {
        await OnboardedBeforeAsync();
        _controller.Answer = r => r.Path == "uuid" ? FakeController.Code(404) : null;
        Start();
        await NetworkIsAsync(Network());
        await PassesAsync(6);

        Assert.That(Onboarded, Is.Null);
    }

    [Test]
    public async Task A_torn_checkpoint_is_healed_from_its_backup()
    {
        await OnboardedBeforeAsync();
        File.WriteAllBytes(Path.Combine(_paths.Checkpoint, "controllercerts"), []);
        Start();
        await PassesAsync(6);

        Assert.That(Onboarded, Is.Not.Null);
    }
}
