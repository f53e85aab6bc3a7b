using System.Collections.Concurrent;
using System.Threading.Channels;
using Eve.Agents.Domainmgr;
using Eve.Topics;

namespace Eve.Tests.Domainmgr;

/// <summary>Guests in memory; the test decides what becomes of them.</summary>
sealed class FakeHypervisor : IHypervisor, IGuestFiles
{
    readonly Channel<Guid> _events = Channel.CreateUnbounded<Guid>();

    public ConcurrentDictionary<Guid, Guest> Guests { get; } = new();
    public ConcurrentQueue<string> Calls { get; } = new();
    public Queue<ConsoleText> Console { get; } = new();
    public string? Missing { get; set; }
    public string? ListFails { get; set; }
    public bool Deaf { get; set; }

    public Capabilities Capabilities { get; } = new(HWAssistedVirtualization: true);

    public HostUsage Host() => new(4 << 20, 1 << 20, 2, 5);

    public IReadOnlyList<Guest> List() => ListFails is { } why ? throw new EveException(why) : [.. Guests.Values];

    public Guest? Find(Guid app) => Guests.GetValueOrDefault(app);

    public void Prepare()
    {
        if (Missing is { } what)
            throw new EveException($"{what} is not installed");
    }

    public void Start(GuestDefinition definition)
    {
        Call("start " + definition.Status.DomainName);
        var app = definition.Status.UUIDandVersion.UUID;
        Guests[app] = new Guest(app, GuestState.Alive, 4711 + Calls.Count, definition.Status);
    }

    public void PressPowerButton(Guid app)
    {
        Call("press");
        if (!Deaf)
            End(app, GuestState.Off);
    }

    public void Destroy(Guid app)
    {
        Call("destroy");
        End(app, GuestState.Off);
    }

    public void Forget(Guid app)
    {
        Call("forget");
        Guests.TryRemove(app, out _);
    }

    public GuestUsage? Usage(Guid app) => Guests.TryGetValue(app, out var guest) && guest.State == GuestState.Alive ? new(10, 1024, 2048) : null;

    public IAsyncEnumerable<Guid> EventsAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public Task<GuestDefinition> PrepareAsync(DomainConfig config, DomainStatus status, CancellationToken cancellationToken) =>
        Task.FromResult(new GuestDefinition(status, "/console", null));

    public void Remove(Guid app) => Call("remove");

    public void Sweep(IReadOnlySet<Guid> apps)
    {
    }

    public ConsoleText ReadConsole(Guid app) => Console.TryDequeue(out var text) ? text : ConsoleText.Nothing;

    /// <summary>The guest ends, and the hypervisor says so.</summary>
    public void End(Guid app, GuestState state)
    {
        Guests[app] = Guests[app] with { State = state, ProcessId = 0 };
        _events.Writer.TryWrite(app);
    }

    /// <summary>The calls since it was last asked.</summary>
    public List<string> Take()
    {
        var calls = Calls.ToList();
        Calls.Clear();
        return calls;
    }

    void Call(string call) => Calls.Enqueue(call);
}
