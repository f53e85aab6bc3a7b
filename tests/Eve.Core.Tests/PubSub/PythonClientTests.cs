using System.Diagnostics;
using System.Text;
using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>samples/python/evebus.py, the shortest example of an agent in another language, and our bus: both roles.</summary>
[Category("system")]
public class PythonClientTests
{
    TemporaryFolder _root = null!;
    Process? _client;

    [SetUp]
    public void Start() => _root = new();

    [TearDown]
    public void Stop()
    {
        if (_client is not null)
        {
            _client.Kill();
            _client.WaitForExit();
            _client.Dispose();
            _client = null;
        }
        _root.Dispose();
    }

    void Run(string root, string role, string agent)
    {
        var script = Path.Combine(DemoGuest.Checkout, "samples", "python", "evebus.py");
        _client = Process.Start(new ProcessStartInfo("python3", ["-B", script, root, role, agent, "Note"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
    }

    async Task<string[]> PrintedAsync(int lines)
    {
        List<string> printed = [];
        while (printed.Count < lines)
            printed.Add(await _client!.StandardOutput.ReadLineAsync().WithinLimit() ?? throw new EndOfStreamException(string.Join('\n', printed)));
        return [.. printed];
    }

    async Task SayAsync(params string[] lines)
    {
        foreach (var line in lines)
            await _client!.StandardInput.WriteLineAsync(line);
        await _client!.StandardInput.FlushAsync();
    }

    [Test]
    public async Task It_follows_our_topics_over_two_lives_of_their_publisher()
    {
        Run(_root.Root, "subscribe", "writer");
        await using (var writer = OverSockets.Join(_root.Root, "writer"))
        {
            var notes = new Publication<Note>(writer, NoteTopics.Notes);
            Assert.That(await PrintedAsync(2), Is.EqualTo(["""["restarted", 0]""", """["complete"]"""]));
            notes.Replace([new("a"), new("b", 9007199254740993)]);
            Assert.That(await PrintedAsync(3), Is.EqualTo(
                ["""["update", "a", {"Name": "a", "Size": 0}]""", """["update", "b", {"Name": "b", "Size": 9007199254740993}]""", """["restarted", 1]"""]));
            notes.Remove("a");
            Assert.That(await PrintedAsync(1), Is.EqualTo(["""["delete", "a"]"""]));
        }
        await using var next = OverSockets.Join(_root.Root, "writer");
        var again = new Publication<Note>(next, NoteTopics.Notes);
        again.Replace([new("c")]);
        HashSet<string> seen = [];
        while (!seen.Contains("""["restarted", 1]"""))
            seen.UnionWith(await PrintedAsync(1));
        Assert.That(seen, Is.SupersetOf(["""["gone"]""", """["update", "c", {"Name": "c", "Size": 0}]""", """["delete", "b"]""", """["complete"]"""]));
    }

    [Test]
    public async Task Our_agents_follow_its_topic([Values(0, 150)] int length)
    {
        var root = Directory.CreateDirectory(Path.Combine(_root.Root, new string('r', length))).FullName;
        Run(root, "publish", "writer");
        await using var reader = OverSockets.Join(root, "reader");
        var view = new View(reader, NoteTopics.Notes);
        await SayAsync("""["update", "a", {"Name": "a", "Size": 9007199254740993}]""", """["update", "b", {"Name": "b"}]""");
        await view.UntilAsync(v => v.Notes is { Synchronized: true, Count: 2 });
        Assert.That(view.Notes.Ready, Is.False, "it has not said that these are all");
        await SayAsync("""["delete", "b"]""", """["restarted", 1]""");
        await view.UntilAsync(v => v.Notes.Ready);
        Assert.That(view.Notes, Is.EqualTo([new Note("a", 9007199254740993)]));

        _client!.StandardInput.Close();
        await _client.WaitForExitAsync().WithinLimit();
        await view.UntilAsync(v => v.Notes is { Synchronized: false, Count: 1 });
        Assert.That(_client.ExitCode, Is.Zero);
        Assert.That(Directory.GetFiles(Path.Combine(root, "run", "writer")), Is.Empty, "its socket goes with it");
    }

    [Test]
    public async Task It_reads_large_fields_and_removes_their_files()
    {
        using var listener = RawPeer.Listen(_root.Path("run/writer/Note.sock"));
        Run(_root.Root, "subscribe", "writer");
        using var publisher = new RawPeer(await listener.AcceptAsync().WithinLimit());
        Assert.That(publisher.Receive(), Is.EqualTo("request Note"));
        var file = _root.Path("large");
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes("""{"pubsub-large-Text": "long"}"""));
        publisher.Send($"update Note {RawPeer.Base64("a")} {RawPeer.Base64($$"""{"In":[{"pubsub-file-Text":"\"{{file}}\""}]}""")}");
        Assert.That(await PrintedAsync(1), Is.EqualTo(["""["update", "a", {"In": [{"pubsub-large-Text": "long"}]}]"""]));
        Assert.That(File.Exists(file), Is.False);
    }
}
