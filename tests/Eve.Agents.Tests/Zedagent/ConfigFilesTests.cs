using Eve.Agents.Shared;
using Eve.Agents.Zedagent;
using Eve.Platform;
using Eve.Testing;
using Eve.Tests.Shared.Controller;
using Eve.Tests.Zedagent.Parts;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Zedagent;

/// <summary>zedagent with its real files below a temporary root.</summary>
public class ConfigFilesTests
{
    readonly ControllerPki _pki = new();
    string _root = "";

    [SetUp]
    public void SetUp()
    {
        _root = Directory.CreateTempSubdirectory("eve-test-").FullName;
        Write("config/root-certificate.pem", _pki.Root.PemBytes);
        Write("persist/checkpoint/controllercerts", _pki.Certs);
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_root, recursive: true);

    [Test]
    public void An_envelope_of_the_controller_is_opened_and_a_changed_or_foreign_one_is_not()
    {
        var files = Files();
        var sealedBytes = _pki.Seal([1, 2, 3]);

        Assert.That(files.Open(sealedBytes, out _), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(files.Open(_pki.Seal([1], c => c.ProtectedPayload.Payload = Google.Protobuf.ByteString.CopyFrom(2)), out var changed), Is.Null);
        Assert.That(files.Open(new ControllerPki().Seal([1]), out var foreign), Is.Null);
        Assert.That(files.Open(sealedBytes.AsSpan(0, sealedBytes.Length / 2), out var cut), Is.Null);
        Assert.That(new[] { changed, foreign, cut }, Is.All.Not.Empty);
    }

    [Test]
    public void Files_are_written_below_the_root_and_only_for_their_owner()
    {
        var files = Files();
        files.Write(ConfigFile.RebootCommand, "{}"u8);
        var path = Path.Combine(_root, "persist", "status", "rebootConfig");

        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(files.Read(ConfigFile.RebootCommand), Is.EqualTo("{}"u8.ToArray()));
        files.Delete(ConfigFile.RebootCommand);
        files.Delete(ConfigFile.RebootCommand);
        Assert.That((File.Exists(path), files.Read(ConfigFile.RebootCommand)), Is.EqualTo((false, (byte[]?)null)));
    }

    [Test]
    public async Task The_whole_agent_starts_from_the_saved_configuration()
    {
        Write("persist/checkpoint/lastconfig", _pki.Seal(FakeDevice.Envelope(FakeDevice.Config("saved"))));
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var device = new TestDevice(new EvePaths(_root), time, null, AgentNames.Zedagent, AgentNames.Zedclient, AgentNames.Nodeagent, AgentNames.Nim);
        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(FakeDevice.Id));
        device.Publish(NodeagentTopics.NodeAgentStatus, new NodeAgentStatus(AgentNames.Nodeagent, BootReason: BootReason.PowerFail));
        device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus());

        device.Start(AgentNames.Zedagent, new ZedagentAgent(new FakeController(), Files(), new ControllerCertStore(new EvePaths(_root), MachineFiles.Instance, time), new FakeUnsent(), new FakeMachine(), () => 1));
        await device.SettleAsync();

        Assert.That(device.ReadAll(ZedagentTopics.AppInstanceConfig).Values.Single().DisplayName, Is.EqualTo("saved"));
        Assert.That(device.ReadAll(ZedagentTopics.ControllerCert), Has.Count.EqualTo(2));
    }

    ConfigFiles Files() => new(new EvePaths(_root), MachineFiles.Instance, new ControllerCertStore(new EvePaths(_root), MachineFiles.Instance, TimeProvider.System));

    void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
        File.WriteAllBytes(Path.Combine(_root, path), content);
    }
}
