using Eve.Agents.Shared;
using Eve.Agents.Zedagent;
using Eve.Agents.Zedagent.Parts;
using Eve.Testing;
using Eve.Topics;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using Wire = Eve.Api.Config;

namespace Eve.Tests.Zedagent.Parts;

/// <summary>A controller that the test speaks for: it answers what it was told to, the last answer again and again.</summary>
sealed class FakeController : IController
{
    public List<ControllerRequest> Requests { get; } = [];
    public Func<ControllerRequest, ControllerAnswer> Answer { get; set; } = _ => Nobody;

    /// <summary>When the answer comes; at once, as a rule.</summary>
    public Func<ControllerRequest, Task> Wait { get; set; } = _ => Task.CompletedTask;

    public static ControllerAnswer Nobody { get; } = new() { Status = SenderStatus.Failed, Error = "no management port has a usable address" };

    public async Task<ControllerAnswer> SendAsync(ControllerRequest request, ValueList<ManagementPort> ports, CancellationToken cancellationToken)
    {
        lock (Requests)
            Requests.Add(request);
        await Wait(request).WaitAsync(cancellationToken);
        return Answer(request);
    }

    /// <summary>The hash that the last request named.</summary>
    public string LastHash => Wire.ConfigRequest.Parser.ParseFrom(Requests[^1].Body).ConfigHash;

    public static ControllerAnswer Config(Wire.EdgeDevConfig config, string hash) =>
        Bytes(new Wire.ConfigResponse { Config = config, ConfigHash = hash }.ToByteArray());

    /// <summary>An answer with this payload; the fake files take it for its own envelope.</summary>
    public static ControllerAnswer Bytes(byte[] payload) => new() { HttpCode = 200, Payload = payload, Body = payload };

    public static ControllerAnswer Code(int code, SenderStatus status = SenderStatus.Failed) => new() { HttpCode = code, Status = code == 304 ? SenderStatus.None : status, Error = $"{code}" };
}

/// <summary>Files in memory; an envelope is its payload, and one that is in Forged is not believed.</summary>
sealed class FakeFiles : IConfigFiles
{
    public Dictionary<ConfigFile, byte[]> All { get; } = [];
    public HashSet<string> Forged { get; } = [];
    public bool ReadOnly { get; set; }

    public byte[]? Read(ConfigFile file) => All.GetValueOrDefault(file);

    public void Write(ConfigFile file, ReadOnlySpan<byte> content)
    {
        if (ReadOnly)
            throw new IOException("no space left");
        All[file] = content.ToArray();
    }

    public void Delete(ConfigFile file) => All.Remove(file);

    public byte[]? Open(ReadOnlySpan<byte> envelope, out string error)
    {
        var bad = Forged.Contains(Convert.ToBase64String(envelope));
        error = bad ? "the signature is wrong" : "";
        return bad ? null : envelope.ToArray();
    }
}

/// <summary>A device whose zedagent is real, and whose other agents and controller are the test.</summary>
sealed class FakeDevice : IAsyncDisposable
{
    public static readonly Guid Id = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    public TestDevice Device { get; }
    public FakeController Controller { get; } = new();
    public FakeFiles Files { get; } = new();

    public FakeDevice(params string[] furtherPublishers) =>
        Device = new(Time, [AgentNames.Zedagent, AgentNames.Zedclient, AgentNames.Nodeagent, AgentNames.Nim, .. furtherPublishers]);

    public CancellationTokenSource Start() => Device.Start(AgentNames.Zedagent, new ConfigFetcher(Controller, Files, () => 1));

    /// <summary>Opens all gates: the device is onboarded, and its network works.</summary>
    public FakeDevice Onboarded(BootReason reason = BootReason.PowerFail)
    {
        Device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Id));
        Device.Publish(NodeagentTopics.NodeAgentStatus, new NodeAgentStatus(AgentNames.Nodeagent, BootReason: reason));
        Network(DPCState.Success);
        return this;
    }

    public void Network(DPCState state) => Device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(State: state));

    public async Task AfterAsync(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        await Device.SettleAsync();
    }

    public ZedAgentStatus Status => Device.Read(ZedagentTopics.ZedAgentStatus, AgentNames.Zedagent)!;
    public LedBlinkCount? Led => Device.Read(GlobalTopics.LedBlinkCounter, "ledconfig")?.BlinkCounter;
    public ConfigItemValueMap? Items => Device.Read(ZedagentTopics.ConfigItemValueMap, "global");
    public string Item(ConfigItem item) => ConfigItem.Text(Items!.GlobalSettings[item.Key]);

    public static Wire.EdgeDevConfig Config(string app = "", int at = 0, params (string Key, string Value)[] items)
    {
        var config = new Wire.EdgeDevConfig { Id = new() { Uuid = Id.ToString() } };
        if (at > 0)
            config.ConfigTimestamp = new() { Seconds = 1_800_000_000 + at };
        if (app.Length > 0)
            config.Apps.Add(new Wire.AppInstanceConfig { Uuidandversion = new() { Uuid = "77777777-7777-4777-8777-777777777771" }, Displayname = app, Fixedresources = new() { Memory = 1024, Vcpus = 1 } });
        config.ConfigItems.AddRange(items.Select(i => new Wire.ConfigItem { Key = i.Key, Value = i.Value }));
        return config;
    }

    public static byte[] Envelope(Wire.EdgeDevConfig config, string hash = "saved") => new Wire.ConfigResponse { Config = config, ConfigHash = hash }.ToByteArray();

    public string? App => Device.ReadAll(ZedagentTopics.AppInstanceConfig).Values.SingleOrDefault()?.DisplayName;

    public ValueTask DisposeAsync() => Device.DisposeAsync();
}
