using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Tables that go by their folder: global ones, and those of zedclient, which ends after its work (device-agents.md 1.5).</summary>
public class TopicFolderTests
{
    static readonly Topic<Note> s_onboarding = new(AgentNames.Zedclient, Persistent: true);

    RecordingLog _log = null!;
    TemporaryFolder _root = null!;
    MemoryBus _one = null!, _two = null!;

    [SetUp]
    public void Start()
    {
        (_root, _log) = (new(), new());
        (_one, _two) = (OverSockets.Join(_root.Root, "one", _log), OverSockets.Join(_root.Root, "two", _log));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _root.Dispose();
        _log.Dispose();
    }

    string Global(string name) => Path.Combine(_root.Path("run/global/Note"), name);

    string Onboarding(string name) => Path.Combine(_root.Path("persist/status/zedclient/Note"), name);

    static string Json(long size) => $$"""{"Name":"a","Size":{{size}}}""";

    // As EVE writes: beside its place, then renamed.
    static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = Path.Combine(Path.GetDirectoryName(path)!, "tmp1234");
        File.WriteAllText(beside, text);
        File.Move(beside, path, overwrite: true);
    }

    [Test]
    public async Task A_global_table_is_one_table_for_all_processes_in_which_the_last_word_stays()
    {
        var (mine, theirs) = (new Publication<Note>(_one, NoteTopics.Board), new Publication<Note>(_two, NoteTopics.Board));
        var (here, there) = (new View(_one, NoteTopics.Board), new View(_two, NoteTopics.Board));
        mine.Publish(new Note("a", 1));
        await there.UntilAsync(v => v.Notes["a"]?.Size == 1);
        theirs.Publish(new Note("a", 2));
        theirs.Publish(new Note("b", 1));
        await here.UntilAsync(v => v.Notes["a"]?.Size == 2 && v.Notes["b"]?.Size == 1);
        Assert.That(File.ReadAllText(Global("a.json")), Does.Contain("\"Size\":2"));

        mine.Remove("b");
        await there.UntilAsync(v => v.Notes["b"] is null);
        Assert.That(Directory.GetFiles(Global(""), "*.json").Select(Path.GetFileName), Is.EqualTo(new[] { "a.json" }));
        Assert.That((here.Notes.Ready, there.Notes.Ready), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task What_scripts_write_to_a_global_table_is_seen_however_they_write_it()
    {
        Write(Global("before.json"), Json(1));
        var view = new View(_one, NoteTopics.Board);
        await view.UntilAsync(v => v.Notes is { Ready: true, Count: 1 });
        Write(Global("a.json"), Json(2));
        await view.UntilAsync(v => v.Notes["a"]?.Size == 2);
        using (var file = File.CreateText(Global("slow.json")))     // not renamed into place: it grows where it is
        {
            file.Write(Json(3)[..5]);
            file.Flush();
            file.Write(Json(3)[5..]);
        }
        await view.UntilAsync(v => v.Notes["slow"]?.Size == 3);
        File.Delete(Global("before.json"));
        await view.UntilAsync(v => v.Notes.Count == 2);
    }

    [Test]
    public async Task A_file_that_does_not_parse_is_named_in_the_log_and_its_former_value_stays()
    {
        Write(Global("a.json"), Json(1));
        var view = new View(_one, NoteTopics.Board);
        await view.UntilAsync(v => v.Notes.Count == 1);
        Write(Global("a.json"), "{ \"Name\": ");
        await Soon.Async(() => _log.Has(Global("a.json")));
        Write(Global("b.json"), Json(2));
        await view.UntilAsync(v => v.Notes.Count == 2);
        Assert.That(view.Notes["a"]!.Size, Is.EqualTo(1));
    }

    [Test]
    public async Task What_zedclient_has_written_is_there_though_it_runs_no_more()
    {
        Write(Onboarding("global.json"), Json(7));
        var view = new View(_one, s_onboarding);
        await view.UntilAsync(v => v.Notes is { Synchronized: true, Ready: true } && v.Notes["global"]?.Size == 7);
    }

    [Test]
    public async Task Before_zedclient_has_a_folder_its_table_is_not_synchronized_and_then_it_is_followed([Values] bool again)
    {
        var view = new View(_one, s_onboarding);
        Directory.CreateDirectory(_root.Path("persist/status/zedclient/Another"));
        Assert.That(view.Turn().Notes.Synchronized, Is.False);
        Write(Onboarding("global.json"), Json(1));
        await view.UntilAsync(v => v.Notes is { Ready: true, Count: 1 });
        if (again)
        {
            Directory.Delete(Onboarding(""), recursive: true);
            await view.UntilAsync(v => v.Notes.Count == 0);
            Write(Onboarding("global.json"), Json(2));
            await view.UntilAsync(v => v.Notes.Count == 1);
        }
        Write(Onboarding("global.json"), Json(3));
        await view.UntilAsync(v => v.Notes["global"]?.Size == 3);
    }

    [Test]
    public async Task A_counter_in_the_folder_says_whether_the_set_is_complete()
    {
        Write(Onboarding("restarted"), "0");
        var view = new View(_one, s_onboarding);
        await view.UntilAsync(v => v.Notes.Synchronized);
        Assert.That(view.Notes.Ready, Is.False);
        Write(Onboarding("restarted"), "");      // EVE's old ones are empty
        await view.UntilAsync(v => v.Notes.Ready);
    }

    [Test]
    public async Task Whoever_publishes_at_once_from_two_processes_ends_with_one_truth()
    {
        var (mine, theirs) = (new Publication<Note>(_one, NoteTopics.Board), new Publication<Note>(_two, NoteTopics.Board));
        var (here, there) = (new View(_one, NoteTopics.Board), new View(_two, NoteTopics.Board));
        await Task.WhenAll(Task.Run(() => Shower(mine, 1)), Task.Run(() => Shower(theirs, 2)));
        await Soon.Async(() => here.Turn().Notes.Count == 10 && here.Notes.OrderBy(n => n.Name).SequenceEqual(there.Turn().Notes.OrderBy(n => n.Name)));
        var files = Directory.GetFiles(Global(""), "*.json").Order().Select(File.ReadAllText).ToList();
        Assert.That(here.Notes.OrderBy(n => n.Name).Select(n => n.Size), Is.EqualTo(files.Select(f => System.Text.Json.JsonDocument.Parse(f).RootElement.GetProperty("Size").GetInt64())));

        static void Shower(Publication<Note> notes, int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < 2000; i++)
            {
                if (random.Next(4) == 0)
                    notes.Remove($"k{random.Next(10)}");
                else
                    notes.Publish(new Note($"k{random.Next(10)}", random.Next()));
            }
            foreach (var key in Enumerable.Range(0, 10))
                notes.Publish(new Note($"k{key}", seed));
        }
    }
}
