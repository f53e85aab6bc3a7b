using System.Text.Json.Serialization.Metadata;
using Eve.Platform;
using Eve.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Volatile topics that are written to /run as well: a later life of their process goes on from them, and scripts read them (device-agents.md 1.3).</summary>
public class CheckpointTests
{
    TemporaryFolder _root = null!;

    [SetUp]
    public void Start() => _root = new();

    [TearDown]
    public void Stop() => _root.Dispose();

    string FileOf(string name) => _root.Path("run/writer/Note/" + name);

    sealed class Writer : IAgent
    {
        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            var notes = agent.Publish(NoteTopics.Notes);
            notes.Publish(new Note("found " + notes.Count, 1));
            await notes.PublishAsync(new Note("a", 1), cancellationToken);
            notes.SignalRestarted();
            while (true)
                await agent.ChangedAsync(cancellationToken);
        }
    }

    async Task LiveAsync(DeviceOptions options)
    {
        await using var services = new ServiceCollection().AddEve(options with { Root = _root.Root, Sockets = false }).AddAgent<Writer>("writer").BuildServiceProvider();
        using var end = new CancellationTokenSource();
        var life = services.GetRequiredService<Device>().RunAsync(end.Token);
        await Soon.Async(() => services.GetRequiredService<MemoryBus>().Of(NoteTopics.Notes).Announced.Restarts > 0);
        await end.CancelAsync();
        await life;
    }

    [Test]
    public async Task A_process_that_is_part_of_a_device_goes_on_from_what_it_had_published()
    {
        await LiveAsync(new() { PartOfDevice = true });
        Assert.That(Directory.GetFiles(FileOf("")).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "a.json", "found 0.json", "restarted" }));
        await LiveAsync(new() { PartOfDevice = true });
        Assert.That(FileOf("found 2.json"), Does.Exist);
    }

    [Test]
    public async Task A_device_does_so_with_the_topics_that_its_options_name([Values] bool named)
    {
        await LiveAsync(new() { Checkpoints = named ? ["writer/Note"] : ["writer/Other"] });
        Assert.That(File.Exists(FileOf("a.json")), Is.EqualTo(named));
        Assert.That(new DeviceOptions().Checkpoints, Is.EqualTo(new[] { "nim/DeviceNetworkStatus" }));
    }

    static JsonTypeInfo Form<T>() where T : class, ITopic<T> => T.Json;

    [Test]
    public void Nothing_is_synced_and_no_backup_is_kept()
    {
        var disk = new ModelDisk();
        using var log = new RecordingLog();
        var folder = new PersistentFolder(new UnsyncedFiles(disk), "/run/writer/Note", Form<Note>(), keepsBackups: false, log);
        foreach (var size in new[] { 1, 2 })
            FileChange.Commit(new UnsyncedFiles(disk), [folder.Change("a", new Note("a", size))]);
        Assert.That(disk.List("/run/writer/Note"), Is.EqualTo(new[] { "a.json" }));
        Assert.That(folder.Load()["a"], Is.EqualTo(new Note("a", 2)));
    }
}
