using Eve.Tests.Platform;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve.Tests;

/// <summary>A publisher's place and those of its readers.</summary>
internal abstract class BusUnderTest : IAsyncDisposable
{
    public abstract MemoryBus Publisher { get; }

    public abstract IReadOnlyList<MemoryBus> Readers { get; }

    /// <summary>Somebody who is not the publisher publishes its topic.</summary>
    public abstract Task PublishFromElsewhereAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>All in one process.</summary>
internal sealed class InMemory : BusUnderTest
{
    readonly MemoryBus _bus = new(["writer"]);

    public override MemoryBus Publisher => _bus;

    public override IReadOnlyList<MemoryBus> Readers => [_bus];

    public override Task PublishFromElsewhereAsync() => Task.FromResult(new Bus(_bus).Publish(NoteTopics.Notes));

    public override ValueTask DisposeAsync() => _bus.DisposeAsync();
}

/// <summary>The publisher in one process, its readers in others, and also one beside it if wanted: what zedbox is.</summary>
internal sealed class OverSockets(bool alsoInside) : BusUnderTest
{
    readonly TemporaryFolder _root = new();
    MemoryBus? _publisher;
    MemoryBus[]? _outside;

    public override MemoryBus Publisher => _publisher ??= Process("writer");

    public override IReadOnlyList<MemoryBus> Readers => alsoInside ? [Publisher, .. Outside] : Outside;

    MemoryBus[] Outside => _outside ??= [Process("one"), Process("two")];

    public override async Task PublishFromElsewhereAsync()
    {
        await using var other = Process("writer");
        _ = new Publication<Note>(other, NoteTopics.Notes);
    }

    MemoryBus Process(string agent) => Join(_root.Root, agent);

    /// <summary>The bus of a process in which one agent runs.</summary>
    public static MemoryBus Join(string root, string agent, ILogger? log = null, TimeProvider? time = null, Dictionary<string, ValueList<uint>>? readers = null) =>
        new([agent], null, new SocketBus(new EvePaths(root), publisher => publisher != agent, readers ?? [], time ?? TimeProvider.System, log ?? NullLogger.Instance));

    public override async ValueTask DisposeAsync()
    {
        foreach (var bus in _outside ?? [])
            await bus.DisposeAsync();
        if (_publisher is not null)
            await _publisher.DisposeAsync();
        _root.Dispose();
    }
}

/// <summary>An agent's view, and every change it has seen.</summary>
internal sealed class View(MemoryBus bus, Topic<Note> topic)
{
    bool _closed;

    public Subscription<Note> Notes { get; } = new(bus, topic, null);

    public List<Change<Note>> Changes { get; } = [];

    public View Turn()
    {
        ((IInput)Notes).Advance();
        foreach (var change in Notes.Changes)
        {
            // Each change follows from the last.
            var before = Changes.FindLast(c => c.Key == change.Key);
            NUnit.Framework.Assert.That(change.Old, NUnit.Framework.Is.EqualTo(before.New), change.ToString());
            Changes.Add(change);
        }
        return this;
    }

    public Task UntilAsync(Func<View, bool> sees) => Soon.Async(() => sees(Turn()));

    public async Task CloseAsync()
    {
        if (_closed)
            return;
        _closed = true;
        await ((IInput)Notes).CloseAsync();
    }
}
