using Eve.Platform;
using CsCheck;
using Eve.Testing;
using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Random publishers, readers, restarts and cancellations at once.</summary>
public class BusConcurrencyTests
{
    const int Keys = 12, Publishers = 3, Followers = 3;

    enum Kind { Publish, Remove, RestartReader, Yield }

    readonly record struct Step(Kind Kind, int Key, long Size);

    // Each publisher moves keys of its own, so that the truth at the end is known.
    static readonly Gen<Step[][]> Scripts = Gen.Select(Gen.Int[0, 9], Gen.Int[0, Keys - 1], Gen.Long[0, 3])
        .Select((kind, key, size) => new Step(kind switch { < 5 => Kind.Publish, < 8 => Kind.Remove, 8 => Kind.RestartReader, _ => Kind.Yield }, key, size))
        .Array[0, 400].Array[Publishers];

    /// <summary>A reader's book: what it was told, change by change.</summary>
    sealed class Book
    {
        public Dictionary<string, Note> View { get; } = [];
        public string? Wrong { get; private set; }

        public void Enter(Change<Note> change)
        {
            if (!Equals(View.GetValueOrDefault(change.Key), change.Old) || (change.Recreated && (change.Deleted || change.Old is null)) || (change.Old is null && change.New is null))
                Wrong ??= $"{change} does not follow from what was known";
            if (change.New is { } value)
                View[change.Key] = value;
            else
                View.Remove(change.Key);
        }
    }

    static IAgent Follower(Book book) => TestAgents.Loop(agent =>
    {
        var notes = agent.Subscribe(NoteTopics.Board);
        return () =>
        {
            foreach (var change in notes.Changes)
                book.Enter(change);
            if (!notes.OrderBy(n => n.Name).SequenceEqual(book.View.Values.OrderBy(n => n.Name)))
                throw new InvalidOperationException("The view is not the sum of its changes.");
        };
    });

    static async Task PublishAsync(Publication<Note> board, int publisher, Step[] script, Func<Task> restartReader)
    {
        await Task.Yield();
        foreach (var step in script)
        {
            var key = $"p{publisher}k{step.Key}";
            if (step.Kind == Kind.Publish)
                board.Publish(new(key, step.Size));
            else if (step.Kind == Kind.Remove)
                board.Remove(key);
            else if (step.Kind == Kind.RestartReader)
                await restartReader();
            else
                await Task.Yield();
        }
    }

    static Dictionary<string, Note> Truth(Step[][] scripts)
    {
        Dictionary<string, Note> truth = [];
        for (var publisher = 0; publisher < scripts.Length; publisher++)
        {
            foreach (var step in scripts[publisher])
            {
                var key = $"p{publisher}k{step.Key}";
                if (step.Kind == Kind.Publish)
                    truth[key] = new(key, step.Size);
                else if (step.Kind == Kind.Remove)
                    truth.Remove(key);
            }
        }
        return truth;
    }

    [Test]
    public Task Every_reader_ends_with_the_truth_and_each_change_follows_from_the_last() => Scripts.SampleAsync(async scripts =>
    {
        await using var device = new TestDevice(null, "writer");
        List<Book> books = [.. Enumerable.Range(0, Followers).Select(_ => new Book())];
        books.ForEach(book => device.Start("follower", Follower(book)));

        // One reader after the other is stopped in the midst of its work and started anew, with an empty book.
        var gate = new SemaphoreSlim(1);
        var (restarting, stop) = (new Book(), device.Start("restarting", TestAgents.Loop(_ => () => { })));
        async Task RestartReaderAsync()
        {
            await gate.WaitAsync();
            await stop.CancelAsync();
            restarting = new();
            stop = device.Start("restarting", Follower(restarting));
            gate.Release();
        }

        var following = new Book();
        using var enough = new CancellationTokenSource();
        var outside = FollowAsync(device.Outside, following, enough.Token);

        await Task.WhenAll(scripts.Select((script, p) => PublishAsync(device.Outside.Publish(NoteTopics.Board), p, script, RestartReaderAsync))).WithinLimit();
        await RestartReaderAsync();
        await device.SettleAsync();

        var truth = Truth(scripts);
        await Soon.Async(() => following.Wrong is not null || Same(following.View, truth));
        await enough.CancelAsync();
        await outside.WithinLimit();
        foreach (var book in books.Append(restarting).Append(following))
        {
            Assert.That(book.Wrong, Is.Null);
            Assert.That(Same(book.View, truth), "a reader does not end with the truth");
        }
        Assert.That(device.Bus.Of(NoteTopics.Board).Graves, Is.LessThanOrEqualTo(Keys * Publishers));
    }, iter: 100, threads: 2);

    static async Task FollowAsync(IBus bus, Book book, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in bus.FollowAsync(NoteTopics.Board, cancellationToken))
            {
                lock (book.View)
                    book.Enter(change);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    static bool Same(Dictionary<string, Note> view, Dictionary<string, Note> truth)
    {
        lock (view)
            return view.OrderBy(p => p.Key, StringComparer.Ordinal).SequenceEqual(truth.OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    [Test]
    public Task A_withdrawn_key_is_seen_withdrawn_or_recreated() => Gen.Int[0, 5].Array[1, 60].SampleAsync(async pauses =>
    {
        await using var device = new TestDevice();
        var (deleted, recreated, last) = (0, 0, 0L);
        device.Start("reader", TestAgents.Loop(agent =>
        {
            var notes = agent.Subscribe(NoteTopics.Board);
            return () =>
            {
                foreach (var change in notes.Changes)
                {
                    // Every publishing below comes after a withdrawal: a new value over an old one must say so.
                    if (change is { Old: not null, New: not null, Recreated: false })
                        throw new InvalidOperationException($"{change} hides a withdrawal.");
                    (deleted, recreated) = (deleted + (change.Deleted ? 1 : 0), recreated + (change.Recreated ? 1 : 0));
                    last = change.New?.Size ?? last;
                }
            };
        }));
        var board = device.Outside.Publish(NoteTopics.Board);
        for (var i = 0; i < pauses.Length; i++)
        {
            board.Remove("a");
            board.Publish(new("a", i));
            for (var p = 0; p < pauses[i]; p++)
                await Task.Yield();
        }
        await device.SettleAsync();
        Assert.That(last, Is.EqualTo(pauses.Length - 1));
    }, iter: 200, threads: 2);

    [Test]
    public Task What_readers_were_told_is_what_the_disk_holds() => Scripts.SampleAsync(async scripts =>
    {
        using var folder = new TemporaryFolder();
        var paths = new EvePaths(folder.Root);
        using var log = new RecordingLog();
        var memory = new MemoryBus(["writer"], new PersistentStore(paths, MachineFiles.Instance, TimeProvider.System, log));
        var kept = new Publication<Note>(memory, NoteTopics.Kept);
        foreach (var step in scripts[0].Take(60))
        {
            var key = "k" + step.Key;
            if (step.Kind == Kind.Publish)
                kept.Publish(new(key, step.Size));
            else if (step.Kind == Kind.Remove)
                kept.Remove(key);
            else
                await kept.PublishAsync(new("safe", step.Size), CancellationToken.None).WithinLimit();
        }
        await memory.DisposeAsync();
        await using var next = new MemoryBus(["writer"], new PersistentStore(paths, MachineFiles.Instance, TimeProvider.System, log));
        Assert.That(next.Of(NoteTopics.Kept).Snapshot(), Is.EquivalentTo(memory.Of(NoteTopics.Kept).Snapshot()));
        Assert.That(log.Lines, Is.Empty);
    }, iter: 8, threads: 2);
}
