using Eve.Agents.Domainmgr;
using Eve.Agents.Shared;
using Eve.Agents.Verifier;
using Eve.Agents.Volumemgr;
using Eve.Agents.Zedrouter;
using Eve.Platform;
using Eve.Testing;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.AllAgents;

/// <summary>What the test over all agents must know of one of them.</summary>
internal sealed record AgentEntry
{
    /// <summary>Values that its inputs have besides those of every device (onboarded, vault open, one port).</summary>
    public Action<TestDevice> Inputs { get; init; } = _ => { };

    /// <summary>Answers of its effects where "nothing" will not do, by interface and method.</summary>
    public Dictionary<string, Func<object?[], object?>> Answers { get; init; } = [];

    /// <summary>Topics of its own of which it may withdraw keys all the same, by catalogue and field, and why.</summary>
    public Dictionary<string, string> MayWithdraw { get; init; } = [];

    /// <summary>Topics of its own in which an earlier life leaves nothing, and why.</summary>
    public Dictionary<string, string> NotLeft { get; init; } = [];

    /// <summary>Topics of its own that never become Ready in this test, and why.</summary>
    public Dictionary<string, string> StaysIncomplete { get; init; } = [];

    /// <summary>Effects by interface and method that sound like a removal and are none, and why.</summary>
    public Dictionary<string, string> MayCall { get; init; } = [];

    /// <summary>What it was called with.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Its jobs wait for the clock, or for ever: the test does not wait for them.</summary>
    public bool JobsWait { get; init; }
}

/// <summary>The table of all agents.</summary>
internal static class AgentEntries
{
    const string FromTheMachine = "a fact that it reads from the machine, which has nothing here";

    const string Digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const string OtherDigest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    const string Volume = "6ba7b810-9dad-11d1-80b4-00c04fd430c8#0";
    const string AnApp = "c2a4c5d6-2b6e-4b53-8a3e-6c2f7a0d9b11";
    const string AnInstance = "5f1d9a3e-6f0c-4a55-9d05-2b8a4c1f7e10";
    const string NoController = "comes from the controller, which cannot be reached in this test";
    const string OneName = "one value under one name, which the test's former value does not have";

    static readonly string[] FromTheController =
    [
        "AppInstanceConfig", "BaseOsConfig", "CipherContext", "ContentTreeConfig", "ControllerCert", "DatastoreConfig", "DevicePortConfig", "EdgeNodeClusterConfig",
        "EdgeNodeDisks", "EdgeNodeInfo", "LOCConfig", "NetworkInstanceConfig", "NetworkXObjectConfig", "PatchEnvelopeInfoList", "PhysicalIOAdapterList",
        "SCEPProfile", "VolumeConfig",
    ];

    static readonly Guest TheGuest = new(Guid.Parse(AnApp), GuestState.Alive, 4711, new DomainStatus(new(Guid.Parse(AnApp), "1"), "app", DomainName: $"{AnApp}.1.1"));

    static readonly Dictionary<string, AgentEntry> Entries = new()
    {
        [AgentNames.Client] = new() { StaysIncomplete = { ["ZedclientTopics.OnboardingStatus"] = NoController } },
        [AgentNames.Diag] = new(),
        [AgentNames.Domainmgr] = new()
        {
            Answers =
            {
                ["IHypervisor.List"] = _ => new List<Guest> { TheGuest },
                ["IHypervisor.Find"] = arguments => arguments[0] is Guid app && app == TheGuest.App ? TheGuest : null,
            },
            StaysIncomplete = { ["DomainmgrTopics.AssignableAdapters"] = NoController },
            MayCall = { ["IGuestFiles.Sweep"] = "on the strength of the hypervisor's own list; what a guest needs of these files is made anew at its start" },
        },
        [AgentNames.Downloader] = new(),
        [AgentNames.Ledmanager] = new(),
        [AgentNames.Logmanager] = new() { MayWithdraw = { ["NewlogdTopics.NewlogMetrics"] = OneName, ["LoguploaderTopics.NewlogMetrics"] = OneName } },
        [AgentNames.Nim] = new() { MayCall = { ["INetwork.EndAsync"] = "ends its DHCP clients when it ends itself; leases, addresses and routes stay" } },
        [AgentNames.Nodeagent] = new() { MayWithdraw = { ["NodeagentTopics.NodeAgentStatus"] = OneName } },
        [AgentNames.Tpmmgr] = new()
        {
            MayWithdraw = { ["TpmmgrTopics.EdgeNodeCert"] = FromTheMachine },
            StaysIncomplete = { ["TpmmgrTopics.EdgeNodeCert"] = "the device's own certificate, which client makes, is not there" },
        },
        [AgentNames.Vaultmgr] = new() { MayWithdraw = { ["VaultmgrTopics.VaultStatus"] = OneName, ["VaultmgrTopics.EncryptedVaultKeyFromDevice"] = OneName } },
        [AgentNames.Verifier] = new()
        {
            Answers =
            {
                ["IContentStore.Scan"] = _ => new List<FoundContent> { new(Digest, "", "/vault/verifier/verified/" + Digest, 7, true), new(OtherDigest, "", "/vault/verifier/verifying", 7, false) },
                ["IContentStore.CheckAsync"] = _ => Task.FromResult(new ContentCheck(OtherDigest, "/vault/verifier/verified/" + OtherDigest, 7)),
            },
        },
        [AgentNames.Volumemgr] = new()
        {
            Answers =
            {
                ["IDiskUsage.ScanAsync"] = _ => Task.FromResult<DiskReport?>(new(1 << 30, 0, 1 << 30, 0)),
                ["IBlobStore.Scan"] = _ => new List<StoredBlob> { new(Digest, 7, default) },
                ["IDiskImages.Scan"] = _ => ((IReadOnlyList<VolumeFile>, IReadOnlyList<string>))([new(Volume, ImageFormat.Qcow2, false, "/vault/volumes/" + Volume)], ["stranger"]),
            },
            NotLeft = { ["VolumemgrTopics.VolumeCreatePending"] = "names half-made volumes: those go at once, on the strength of that name" },
        },
        [AgentNames.Waitforaddr] = new(),
        [AgentNames.Zedagent] = new() { StaysIncomplete = FromTheController.ToDictionary(t => $"ZedagentTopics.{t}", _ => NoController) },
        [AgentNames.Zedmanager] = new(),
        [AgentNames.Zedrouter] = new()
        {
            Answers =
            {
                ["INetworkStack.ReadAsync"] = _ => Task.FromResult<IReadOnlyList<Item>>(
                    [new FilterPart("eve", "", "", [], [], []), new FilterPart("bn1", "bn1", "", [], [], []), new Bridge("bn1", Guid.Parse(AnInstance), "00:16:3e:00:00:01", 1500)]),
                ["IApplier.CanModify"] = arguments => arguments[0]!.GetType() == arguments[1]!.GetType(),
            },
            MayWithdraw = { ["ZedrouterTopics.NetworkInstanceMetrics"] = FromTheMachine },
            MayCall = { ["INetworkStack.StopAsync"] = "ends its servers when it ends itself; everything else stays" },
        },
    };

    /// <summary>Answers for all agents: a controller that cannot be reached.</summary>
    public static Dictionary<string, Func<object?[], object?>> Usual { get; } = new()
    {
        ["IController.SendAsync"] = _ => Task.FromResult(ControllerAnswer.Unsent("no route to the controller")),
    };

    public static AgentEntry Of(string name) => Entries.TryGetValue(name, out var entry) ? entry : throw new AssertionException(
        $"'{name}' is registered, but AgentEntries.cs has no entry for it. Add [AgentNames.…] = new() to the table, and to it: Inputs that bring the agent past its gates, " +
        "Answers of its effects where \"nothing\" makes it fail, and with a reason each what it may withdraw (MayWithdraw) or call (MayCall) before its inputs are Ready.");

    /// <summary>Every device of the test: onboarded in an earlier boot, vault open, one port with an address.</summary>
    public static void Device(TestDevice device, IReadOnlyCollection<string> publishesAs)
    {
        if (!publishesAs.Contains(AgentNames.Zedclient))
            device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.Parse("0d5b1b55-5c8d-4f8e-9f0e-3f1f4a9c7a11"), "model"));
        if (!publishesAs.Contains(AgentNames.Vaultmgr))
            device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("Application Data Store", DataSecAtRestStatus.Disabled, ConversionComplete: true));
        if (!publishesAs.Contains(AgentNames.Nim))
        {
            device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(State: DPCState.Success, Ports:
                [new(IfName: "eth0", Logicallabel: "eth0", IsMgmt: true, IsL3Port: true, Up: true, AddrInfoList: [new(Addr: "192.0.2.7")])]));
        }
    }

    /// <summary>A machine whose programs list nothing.</summary>
    public static CommandResult? Say(RecordedCall call) => call.Program switch
    {
        "ip" or "bridge" => RecordingCommands.Says(call, "[]"),
        "nft" => RecordingCommands.Says(call, """{"nftables":[]}"""),
        _ => null,
    };
}
