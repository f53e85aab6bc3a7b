using Eve.Agents.Client;
using Eve.Agents.Shared;
using Eve.Api.Register;
using Eve.Platform;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Tests.Shared.Controller;
using Eve.Topics;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Client;

/// <summary>A device with its /config, a clock, and a controller in the test's hands.</summary>
public abstract class ClientFixture
{
    private protected static readonly ControllerPki s_pki = new();
    private protected static readonly Certified s_device = Pki.SelfSigned("device"), s_onboarding = Pki.SelfSigned("onboarding");

    private protected TemporaryFolder _folder = null!;
    private protected EvePaths _paths = null!;
    private protected FakeTimeProvider _time = null!;
    private protected FakeController _controller = null!;
    private protected TestDevice _device = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new();
        _paths = new(_folder.Root);
        _time = new(TimeProvider.System.GetUtcNow());
        _controller = new(s_pki);
        _device = NewDevice();
        Directory.CreateDirectory(_paths.Config);
        Config("server", "controller.test\n");
        Config("root-certificate.pem", s_pki.Root.Pem);
        Config("device.cert.pem", s_device.Pem);
        Config("device.key.pem", s_device.KeyPem);
        Config("onboard.cert.pem", s_onboarding.Pem);
        Config("onboard.key.pem", s_onboarding.KeyPem);
        Config("soft_serial", "soft-1\n");
    }

    [TearDown]
    public async Task TearDown()
    {
        await _device.DisposeAsync();
        _folder.Dispose();
    }

    private protected TestDevice NewDevice() => new(_paths, _time, null, AgentNames.Client, AgentNames.Zedclient, AgentNames.Nim);

    private protected void Config(string name, string text) => File.WriteAllText(Path.Combine(_paths.Config, name), text);

    private protected CancellationTokenSource Start(params string[] arguments) => _device.Start(
        AgentNames.Client,
        new ClientAgent(_controller, new ControllerCertStore(_paths, MachineFiles.Instance, _time), new DeviceIdentities(_paths, MachineFiles.Instance), new DeviceFiles(_paths, MachineFiles.Instance), () => 1),
        arguments, TextWriter.Null, AgentNames.Zedclient);

    private protected static DeviceNetworkStatus Network(DPCState state = DPCState.Success, string address = "10.0.0.2") => new(
        State: state, Version: DevicePortConfigVersion.IsMgmt,
        Ports: [new NetworkPortStatus("eth0", IsMgmt: true, IsL3Port: true, AddrInfoList: [new AddrInfo(address)])]);

    private protected Task NetworkIsAsync(DeviceNetworkStatus network)
    {
        _device.Publish(NimTopics.DeviceNetworkStatus, network);
        return _device.SettleAsync();
    }

    private protected Task PassesAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return _device.SettleAsync();
    }

    private protected OnboardingStatus? Onboarded => _device.Read(ZedclientTopics.OnboardingStatus, "global");
    private protected LedBlinkCount? Led => _device.Read(GlobalTopics.LedBlinkCounter, "ledconfig")?.BlinkCounter;
    private protected string Status(string name) => Path.Combine(_paths.Status, name);
}
