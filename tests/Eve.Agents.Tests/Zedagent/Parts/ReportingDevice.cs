using Eve.Agents.Shared;
using Eve.Agents.Zedagent;
using Eve.Agents.Zedagent.Parts;
using Eve.Agents.Zedagent.Private;
using Eve.Testing;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using Info = Eve.Api.Info;
using Metrics = Eve.Api.Metrics;

namespace Eve.Tests.Zedagent.Parts;

/// <summary>Messages on a disk of the test's.</summary>
sealed class FakeUnsent : IUnsentMessages
{
    public Dictionary<string, UnsentMessage> All { get; } = [];
    public bool Full { get; set; }

    public IReadOnlyList<UnsentMessage> ReadAll() => [.. All.Values];

    public void Write(UnsentMessage message)
    {
        if (Full)
            throw new IOException("no space left on device");
        All[message.Key] = message;
    }

    public void Delete(string key) => All.Remove(key);
}

/// <summary>A machine that says what the test says.</summary>
sealed class FakeMachine : IMachineFacts
{
    public MachineFacts Facts { get; set; } = new("x86_64", "edge", new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    public MachineFacts Read() => Facts;
    public MachineUse ReadUse() => new(TimeSpan.FromHours(1), 7);
}

/// <summary>A device whose reporting parts are real; its other agents, its controller, its disk and its machine are the test.</summary>
sealed class ReportingDevice : IAsyncDisposable
{
    static readonly string[] s_publishers =
    [
        AgentNames.Zedagent, AgentNames.Zedclient, AgentNames.Nodeagent, AgentNames.Nim, AgentNames.Volumemgr, AgentNames.Zedmanager, AgentNames.Zedrouter,
        AgentNames.Domainmgr, AgentNames.Baseosmgr, AgentNames.Vaultmgr, AgentNames.Msrv, AgentNames.Newlogd, AgentNames.Downloader,
    ];

    public static readonly Guid Id = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    public TestDevice Device { get; private set; }
    public FakeController Controller { get; } = new() { Answer = _ => Created };
    public FakeUnsent Unsent { get; } = new();
    public FakeMachine Machine { get; } = new();

    public ReportingDevice() => Device = new(Time, s_publishers);

    public static ControllerAnswer Created { get; } = new() { HttpCode = 201 };
    public static ControllerAnswer Code(int code) => new() { HttpCode = code, Status = SenderStatus.Failed, Error = $"{code}" };

    /// <summary>The device's info as the controller got it, taken or not.</summary>
    public IReadOnlyList<Info.ZInfoMsg> Infos
    {
        get
        {
            lock (Controller.Requests)
                return [.. Controller.Requests.Where(r => r.Path == $"id/{Id}/info").Select(r => Info.ZInfoMsg.Parser.ParseFrom(r.Body))];
        }
    }

    public IReadOnlyList<Metrics.ZMetricMsg> Metrics
    {
        get
        {
            lock (Controller.Requests)
                return [.. Controller.Requests.Where(r => r.Path == $"id/{Id}/metrics").Select(r => Eve.Api.Metrics.ZMetricMsg.Parser.ParseFrom(r.Body))];
        }
    }

    /// <summary>What the controller got, without the device's own reports: kind, id and what matters of it.</summary>
    public IReadOnlyList<string> Told => [.. Infos.Select(ToldOf).OfType<string>()];

    static string? ToldOf(Info.ZInfoMsg m) => m.InfoContentCase switch
    {
        Info.ZInfoMsg.InfoContentOneofCase.Ainfo => $"app {m.Ainfo.AppID[..1]} {m.Ainfo.State}",
        Info.ZInfoMsg.InfoContentOneofCase.Vinfo => $"volume {m.Vinfo.Uuid[..1]} {m.Vinfo.State}",
        Info.ZInfoMsg.InfoContentOneofCase.Niinfo => $"network {m.Niinfo.NetworkID[..1]} {m.Niinfo.State}",
        Info.ZInfoMsg.InfoContentOneofCase.Cinfo => $"content {m.Cinfo.Uuid[..1]} {m.Cinfo.State}",
        Info.ZInfoMsg.InfoContentOneofCase.Binfo => $"blob {m.Binfo.Blob[0].Sha256} {m.Binfo.Blob[0].State}",
        _ => null,
    };

    /// <summary>Forgets what the controller has got so far.</summary>
    public void Forget()
    {
        lock (Controller.Requests)
            Controller.Requests.Clear();
    }

    /// <summary>The device is onboarded, has a network, and a configuration; all that is to be and all that is has been said.</summary>
    public void OpenGates(bool known = true)
    {
        if (known)
        {
            WantedIsKnown();
            PresentIsKnown();
        }
        Device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Id));
        Device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(State: DPCState.Success));
        Status(ConfigGetStatus.Success);
    }

    public void WantedIsKnown()
    {
        Device.Announce(ZedagentTopics.AppInstanceConfig);
        Device.Announce(ZedagentTopics.NetworkInstanceConfig);
        Device.Announce(ZedagentTopics.VolumeConfig);
        Device.Announce(ZedagentTopics.ContentTreeConfig);
    }

    public void PresentIsKnown()
    {
        Device.Announce(ZedmanagerTopics.AppInstanceStatus);
        Device.Announce(DomainmgrTopics.DomainStatus);
        Device.Announce(ZedrouterTopics.AppNetworkStatus);
        Device.Announce(ZedrouterTopics.NetworkInstanceStatus);
        Device.Announce(VolumemgrTopics.ContentTreeStatus);
        Device.Announce(VolumemgrTopics.BlobStatus);
        Device.Announce(VolumemgrTopics.VolumeStatus);
        Device.Announce(MsrvTopics.AppInstMetaData);
    }

    public void Status(ConfigGetStatus status) =>
        Device.Publish(ZedagentTopics.ZedAgentStatus, new ZedAgentStatus(AgentNames.Zedagent, status, DeviceState: DeviceState.Online));

    public CancellationTokenSource Start(double random = 1) => Device.Start(AgentNames.Zedagent, new Reporters(this, () => random));

    public async Task AdvanceAsync(TimeSpan span)
    {
        Time.Advance(span);
        await Device.SettleAsync();
    }

    /// <summary>All processes die, the disk stays; the next life begins with a bus that has what is persistent.</summary>
    public async Task DieAsync()
    {
        var kept = Device.ReadAll(ReportingPrivate.Reported);
        await Device.DisposeAsync();
        Device = new(Time, s_publishers);
        foreach (var (key, value) in kept)
            Device.Publish(ReportingPrivate.Reported, key, value);
    }

    public ValueTask DisposeAsync() => Device.DisposeAsync();

    sealed class Reporters(ReportingDevice device, Randomness random) : IAgent
    {
        public Task RunAsync(AgentContext agent, CancellationToken cancellationToken) => agent.RunAllAsync(
            [
                new InfoReporter(device.Controller, device.Unsent, device.Machine, random),
                new MetricsReporter(device.Controller, device.Machine, random),
            ],
            cancellationToken);
    }
}
