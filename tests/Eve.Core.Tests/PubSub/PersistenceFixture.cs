using Eve.Platform;
using Eve.Tests.Platform;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>A device whose persistent topics lie in a folder of the test's.</summary>
public abstract class PersistenceFixture
{
    private protected FakeTimeProvider Time { get; } = new();
    private protected TemporaryFolder Folder { get; private set; } = null!;
    private protected RecordingLog Log { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => (Folder, Log) = (new(), new());

    [TearDown]
    public void RemoveFolder()
    {
        Folder.Dispose();
        Log.Dispose();
    }

    private protected string TopicFolder => Folder.Path("persist/status/writer/Note");

    private protected string FileOf(string name) => Path.Combine(TopicFolder, name);

    /// <summary>A device from power-on to its orderly end.</summary>
    private protected MemoryBus Boot() => new(["writer"], new PersistentStore(new EvePaths(Folder.Root), MachineFiles.Instance, Time, Log));

    private protected static Publication<Note> Kept(MemoryBus bus) => new(bus, NoteTopics.Kept);

    private protected async Task<IReadOnlyDictionary<string, Note>> ValuesAfterRebootAsync()
    {
        await using var bus = Boot();
        return bus.Of(NoteTopics.Kept).Snapshot().ToDictionary(p => p.Key, p => (Note)p.Value);
    }

    private protected async Task PublishAsync(params Note[] notes)
    {
        await using var bus = Boot();
        var kept = Kept(bus);
        foreach (var note in notes)
            await kept.PublishAsync(note, CancellationToken.None).WithinLimit();
    }
}
