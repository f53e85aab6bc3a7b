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

public class ClientAgentTests : ClientFixture
{
    [Test]
    public async Task A_new_device_registers_learns_its_name_and_ends()
    {
        Start();
        await NetworkIsAsync(Network());

        Assert.That(_controller.Paths, Is.EqualTo(new[] { "certs", "register", "uuid" }));
        Assert.That(Onboarded, Is.EqualTo(new OnboardingStatus(FakeController.Device, "Acme.Box")));
        Assert.That(Led, Is.EqualTo(LedBlinkCount.Onboarded));
        Assert.That(File.ReadAllText(Status("uuid")), Is.EqualTo($"{FakeController.Device}\n"));
        Assert.That(File.ReadAllText(Status("hardwaremodel")), Is.EqualTo("Acme.Box"));
        Assert.That(File.ReadAllBytes(Path.Combine(_paths.Checkpoint, "controllercerts")), Is.EqualTo(s_pki.Certs));
        Assert.That(File.Exists(Path.Combine(_paths.Checkpoint, "controllercerts.bak")));
        Assert.That(_device.Read(ZedclientTopics.MetricsMap, "global")!.Interfaces["eth0"].SuccessCount, Is.EqualTo(3));
        Assert.That(_device.IsReady(ZedclientTopics.OnboardingStatus));
    }

    [Test]
    public async Task Register_carries_the_certificate_and_the_serial_numbers()
    {
        var dmi = Path.Combine(_paths.Sys, "class/dmi/id");
        Directory.CreateDirectory(dmi);
        File.WriteAllText(Path.Combine(dmi, "product_serial"), "S-7\n");
        Start();
        await NetworkIsAsync(Network());

        var request = _controller.Asked.Single(a => a.Path == "register");
        var message = ZRegisterMsg.Parser.ParseFrom(request.Body);
        Assert.That((message.Serial, message.SoftSerial), Is.EqualTo(("S-7", "soft-1")));
        Assert.That(Convert.FromBase64String(message.PemCert.ToStringUtf8()), Is.EqualTo(s_device.PemBytes));
        Assert.That((request.Seal, request.Serial, request.SoftSerial), Is.EqualTo((RequestSeal.Onboarding, "S-7", "soft-1")));
        Assert.That(_controller.Asked.Single(a => a.Path == "uuid").Seal, Is.EqualTo(RequestSeal.Device));
    }

    [Test]
    public async Task Without_an_onboarding_pair_it_asks_for_its_name_only()
    {
        File.Delete(Path.Combine(_paths.Config, "onboard.key.pem"));
        Start();
        await NetworkIsAsync(Network());

        Assert.That(_controller.Paths, Is.EqualTo(new[] { "certs", "uuid" }));
        Assert.That(Onboarded, Is.Not.Null);
    }

    [TestCase(DPCState.IpDnsWait, "10.0.0.2", false)]
    [TestCase(DPCState.Fail, "10.0.0.2", false)]
    [TestCase(DPCState.Success, "169.254.3.4", false)]
    [TestCase(DPCState.Success, "fe80::1", false)]
    [TestCase(DPCState.FailWithIpAndDns, "10.0.0.2", true)]
    [TestCase(DPCState.RemoteWait, "10.0.0.2", true)]
    public async Task It_waits_for_a_network_that_makes_sense(DPCState state, string address, bool asks)
    {
        Start();
        await _device.SettleAsync();
        await NetworkIsAsync(Network(state, address));

        Assert.That(_controller.Paths.Any(), Is.EqualTo(asks));
    }

    [TestCase(409, LedBlinkCount.OnboardingConflict)]
    [TestCase(304, LedBlinkCount.OnboardingConflict)]
    [TestCase(403, LedBlinkCount.OnboardingNotFound)]
    [TestCase(400, LedBlinkCount.OnboardingFailure)]
    [TestCase(500, LedBlinkCount.OnboardingFailure)]
    [TestCase(504, LedBlinkCount.OnboardingFailure)]
    public async Task A_refused_registration_shows_and_is_tried_again(int code, LedBlinkCount led)
    {
        _controller.Answer = r => r.Path switch { "register" => FakeController.Code(code), "uuid" => FakeController.Code(404), _ => null };
        Start();
        await NetworkIsAsync(Network());
        Assert.That(Led, Is.EqualTo(led));
        Assert.That(Onboarded, Is.Null);

        _controller.Answer = _ => null;
        await PassesAsync(1);
        Assert.That(_controller.Paths, Is.EqualTo(new[] { "certs", "register", "uuid", "register", "uuid" }));
        Assert.That(Onboarded!.DeviceUUID, Is.EqualTo(FakeController.Device));
    }

    [Test]
    public async Task A_known_device_is_onboarded_though_register_is_refused()
    {
        _controller.Answer = r => r.Path == "register" ? FakeController.Code(409) : null;
        Start();
        await NetworkIsAsync(Network());

        Assert.That(Onboarded!.DeviceUUID, Is.EqualTo(FakeController.Device));
        Assert.That(Led, Is.EqualTo(LedBlinkCount.Onboarded));
    }

    [TestCase(404, LedBlinkCount.ConnectedToController)]
    [TestCase(400, LedBlinkCount.ConnectedToController)]
    [TestCase(503, LedBlinkCount.Onboarded)]     // as register left it
    public async Task An_unknown_device_waits(int code, LedBlinkCount led)
    {
        _controller.Answer = r => r.Path == "uuid" ? FakeController.Code(code) : null;
        Start();
        await NetworkIsAsync(Network());

        Assert.That((Onboarded, Led), Is.EqualTo(((OnboardingStatus?)null, (LedBlinkCount?)led)));
    }

    [Test]
    public async Task A_bad_envelope_shows()
    {
        _controller.Answer = r => r.Path == "uuid" ? FakeController.Envelope(SenderStatus.SignVerifyFail) : null;
        Start();
        await NetworkIsAsync(Network());

        Assert.That((Onboarded, Led), Is.EqualTo(((OnboardingStatus?)null, (LedBlinkCount?)LedBlinkCount.InvalidAuthContainer)));
    }

    [Test]
    public async Task A_name_that_is_no_uuid_is_no_name()
    {
        _controller.Answer = r => r.Path == "uuid" ? FakeController.Ok(new Eve.Api.Uuid.UuidResponse { Uuid = "no" }.ToByteArray()) : null;
        Start();
        await NetworkIsAsync(Network());

        Assert.That(Onboarded, Is.Null);
    }

    [Test]
    public async Task Certificates_that_do_not_come_or_are_not_vouched_for_show()
    {
        _controller.Answer = _ => FakeController.NoNetwork;
        Start();
        await NetworkIsAsync(Network());
        Assert.That(Led, Is.EqualTo(LedBlinkCount.InvalidControllerCert));

        _controller.Answer = r => r.Path == "certs" ? FakeController.Ok(new ControllerPki().Certs) : null;
        await PassesAsync(1);
        Assert.That(Led, Is.EqualTo(LedBlinkCount.InvalidControllerCert));
        Assert.That(_controller.Paths, Is.EqualTo(new[] { "certs", "certs" }));
        Assert.That(Onboarded, Is.Null);
    }

    [Test]
    public async Task Retries_come_slower_and_slower_and_at_once_when_the_network_changes()
    {
        _controller.Answer = _ => FakeController.NoNetwork;
        Start();
        await NetworkIsAsync(Network());
        foreach (var (seconds, tries) in new[] { (1, 2), (1, 2), (1, 3), (4, 4) })
        {
            await PassesAsync(seconds);
            Assert.That(_controller.Asked, Has.Count.EqualTo(tries));
        }

        await NetworkIsAsync(Network(address: "10.0.0.3"));
        Assert.That(_controller.Asked, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task The_unknown_signer_of_an_answer_makes_it_fetch_the_certificates_again()
    {
        _controller.Answer = r => r.Path == "uuid" ? FakeController.Envelope(SenderStatus.CertMiss) : null;
        Start();
        await NetworkIsAsync(Network());
        Assert.That(_controller.Paths, Is.EqualTo(new[] { "certs", "register", "uuid" }));

        _controller.Answer = _ => null;
        await PassesAsync(1);
        Assert.That(_controller.Paths.Skip(3), Is.EqualTo(new[] { "certs", "uuid" }));
        Assert.That(Onboarded, Is.Not.Null);
    }

    [Test]
    public async Task Another_server_in_the_file_means_starting_anew()
    {
        _controller.Answer = r => r.Server == "controller.test" && r.Path == "uuid" ? FakeController.Code(404) : null;
        Start();
        await NetworkIsAsync(Network());
        Config("server", "other.test");
        await PassesAsync(1);

        Assert.That(_controller.Asked.Skip(3).Select(a => (a.Server, a.Path)), Is.EqualTo(new[] { ("other.test", "certs"), ("other.test", "register"), ("other.test", "uuid") }));
        Assert.That(Onboarded, Is.Not.Null);
    }

    [Test]
    public async Task A_server_that_is_written_later_is_found()
    {
        File.Delete(Path.Combine(_paths.Config, "server"));
        Start();
        await NetworkIsAsync(Network());
        await PassesAsync(5);
        Config("server", "controller.test");
        await PassesAsync(10);

        Assert.That(Onboarded, Is.Not.Null);
    }

    [Test]
    public async Task Killed_between_the_steps_it_begins_again()
    {
        _controller.Answer = r => r.Path == "uuid" ? FakeController.NoNetwork : null;
        var stop = Start();
        await NetworkIsAsync(Network());
        await stop.CancelAsync();
        Assert.That(_controller.Paths, Is.EqualTo(new[] { "certs", "register", "uuid" }));

        _controller.Answer = _ => null;
        Start();
        await _device.SettleAsync();
        Assert.That(_controller.Paths.Skip(3), Is.EqualTo(new[] { "certs", "register", "uuid" }));
        Assert.That(Onboarded, Is.Not.Null);
    }

    [Test]
    public async Task A_status_folder_that_cannot_be_written_does_not_stop_it()
    {
        Directory.CreateDirectory(_paths.Persist);
        File.WriteAllText(_paths.Status, "not a folder");
        Start();
        await NetworkIsAsync(Network());

        Assert.That(Onboarded, Is.Not.Null);
    }

    [Test]
    public async Task A_limit_of_retries_ends_it_with_the_reason()
    {
        _controller.Answer = _ => FakeController.NoNetwork;
        Start("getUuid", "-r", "1");
        await NetworkIsAsync(Network());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(async () => await _device.SettleAsync(), Throws.TypeOf<EveException>().With.Message.Contains("no route"));
        _device = NewDevice();
    }

    [TestCase("", true, true, 0)]
    [TestCase("getUuid", false, true, 0)]
    [TestCase("selfRegister getUuid -d -r 5", true, true, 5)]
    public void Arguments_are_those_of_EVE(string line, bool register, bool uuid, int retries) =>
        Assert.That(ClientArguments.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(new ClientArguments(register, uuid, retries)));

    [TestCase("ping")]
    [TestCase("-r")]
    [TestCase("-r x")]
    public void Unknown_arguments_are_named(string line) =>
        Assert.That(() => ClientArguments.Parse(line.Split(' ')), Throws.TypeOf<EveException>());
}
