using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Parts;
using Eve.Agents.Zedagent.Private;
using Eve.Platform;
using Eve.Testing;
using Eve.Tests.Shared.Controller;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Wire = Eve.Api.Certs;

namespace Eve.Tests.Zedagent.Parts;

public class CertFetcherTests
{
    readonly ControllerPki _pki = new();
    FakeController _controller = null!;
    FakeTimeProvider _time = null!;
    string _root = "";
    TestDevice _device = null!;

    [SetUp]
    public void SetUp()
    {
        (_controller, _time) = (new(), new(TimeProvider.System.GetUtcNow()));
        _root = Directory.CreateTempSubdirectory("eve-test-").FullName;
        Directory.CreateDirectory(Path.Combine(_root, "config"));
        File.WriteAllText(Path.Combine(_root, "config", "root-certificate.pem"), _pki.Root.Pem);
        _device = new(_time, AgentNames.Zedagent, AgentNames.Zedclient, AgentNames.Nim);
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(FakeDevice.Id));
        _device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(State: DPCState.Success));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _device.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Test]
    public async Task The_certificates_are_fetched_at_once_checked_and_published()
    {
        _controller.Answer = _ => FakeController.Bytes(_pki.Certs);
        Start();
        await _device.SettleAsync();

        Assert.That(Published, Has.Count.EqualTo(2));
        Assert.That(Published.Values.Select(c => c.Type), Is.EquivalentTo(new[] { ZCertType.ControllerSigning, ZCertType.ControllerEcdhExchange }));
        Assert.That(_device.IsReady(ZedagentTopics.ControllerCert), Is.True);
        Assert.That(File.Exists(Path.Combine(_root, "persist", "checkpoint", "controllercerts")), Is.True);
    }

    [Test]
    public async Task Those_of_another_root_are_refused_and_asked_for_again_after_two_minutes()
    {
        _controller.Answer = _ => FakeController.Bytes(new ControllerPki().Certs);
        Start();
        await _device.SettleAsync();
        Assert.That(Published, Is.Empty);

        _controller.Answer = _ => FakeController.Bytes(_pki.Certs);
        await AfterAsync(120);
        Assert.That((_controller.Requests.Count, Published.Count), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task An_unknown_signer_or_another_hash_in_the_configuration_fetches_at_once()
    {
        _controller.Answer = _ => FakeController.Bytes(_pki.Certs);
        Start();
        await _device.SettleAsync();
        _device.Publish(ZedagentPrivate.CertsWanted, new CertsWanted(1));
        await _device.SettleAsync();
        _device.Publish(ZedagentPrivate.CertsWanted, new CertsWanted(1, "the first"));
        await _device.SettleAsync();
        Assert.That(_controller.Requests, Has.Count.EqualTo(2));

        _device.Publish(ZedagentPrivate.CertsWanted, new CertsWanted(1, "another"));
        await _device.SettleAsync();
        Assert.That(_controller.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_former_certificate_stays_while_something_is_encrypted_by_it()
    {
        var former = new[] { new ControllerCert(CertHash: new byte[] { 1 }), new ControllerCert(CertHash: new byte[] { 2 }) };
        var contexts = new[] { new CipherContext("c", ControllerCertHash: new byte[] { 2 }) };
        var message = new Wire.ZControllerCert { Certs = { new Wire.ZCert { CertHash = Google.Protobuf.ByteString.CopyFrom(3) } } };

        Assert.That(ControllerCertTopics.Of(message, former, contexts).Select(c => c.Key), Is.EqualTo(new[] { "03", "02" }));
    }

    void Start() => _device.Start(AgentNames.Zedagent, new CertFetcher(_controller, new ControllerCertStore(new EvePaths(_root), MachineFiles.Instance, _time), () => 1));

    IReadOnlyDictionary<string, ControllerCert> Published => _device.ReadAll(ZedagentTopics.ControllerCert);

    async Task AfterAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _device.SettleAsync();
    }
}
