using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

[CancelAfter(60_000)]
public class TopicMonitorTests
{
    string _root = "";

    [SetUp]
    public void MakeRoot() => _root = Directory.CreateTempSubdirectory("eve-ipc-").FullName;

    [TearDown]
    public void RemoveRoot() => Directory.Delete(_root, recursive: true);

    string In(string path) => Path.Combine(_root, path);

    void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path) + ".new", content);
        File.Move(In(path) + ".new", In(path), overwrite: true);
    }

    StrictPublisher Publisher(string path = "run/writer/Note.sock") => new(In(path));

    MonitorRun Run(params string[] arguments) => new(_root, null, arguments);

    Task<(int Code, string Output, string Errors)> ToEndAsync(params string[] arguments) => MonitorRun.ToEndAsync(_root, arguments);

    [Test]
    public async Task Tables_that_are_files_only_are_listed_and_shown()
    {
        Write("run/global/LedBlinkCounter/ledconfig.json", """{"BlinkCounter":4}""");
        Write("persist/status/zedclient/OnboardingStatus/global.json", """{"HardwareModel":"box"}""");
        Write("persist/status/zedclient/OnboardingStatus/global.json.bak", "{}");
        Write("persist/status/zedclient/OnboardingStatus/restarted", "2");
        Write("run/zedagent/inner/Note/a.json", "{}");
        Write("run/systemd/units/x.json", "{}");
        Write("persist/status/uuid", "no table");
        var (code, output, errors) = await ToEndAsync();
        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Is.EqualTo(
            """
            TOPIC                       KEYS  BYTES  PERSISTENT  RESTARTED  FROM
            global/LedBlinkCounter         1     18  no                  0  /run/global/LedBlinkCounter
            zedagent/inner/Note            1      2  no                  0  /run/zedagent/inner/Note
            zedclient/OnboardingStatus     1     23  yes                 2  /persist/status/zedclient/OnboardingStatus

            """));
        Assert.That((await ToEndAsync("-a", "zedclient", "--once", "-f", "go")).Output, Does.Contain("zedclient/OnboardingStatus + global\n  {\"HardwareModel\":\"box\"}\n"));
    }

    [Test]
    public async Task A_folder_is_followed()
    {
        Write("run/global/LedBlinkCounter/ledconfig.json", """{"BlinkCounter":4}""");
        await using var run = Run("-a", "global", "-t", "LedBlinkCounter");
        await run.PrintedAsync("complete: 1 key");
        Write("run/global/LedBlinkCounter/ledconfig.json", """{"BlinkCounter":12}""");
        await run.PrintedAsync("~ ledconfig\n    BlinkCounter: 4 -> 12\n");
        File.WriteAllText(In("run/global/LedBlinkCounter/other.json"), "{half");
        await run.PrintedAsync("other.json is no JSON");
        Write("run/global/LedBlinkCounter/restarted", "3");
        await run.PrintedAsync("restarted 3\n");
        File.Delete(In("run/global/LedBlinkCounter/ledconfig.json"));
        await run.PrintedAsync("- ledconfig\n");
        Assert.That(await run.StopAsync(), Is.Zero);
    }

    [Test]
    public async Task A_device_whose_folders_go_and_come_again_is_followed_on(CancellationToken cancellationToken)
    {
        Write("run/global/Note/a.json", "1");
        await using var run = Run("--follow", "-f", "go");
        await run.PrintedAsync("complete: 1 key");
        Directory.Delete(In("run"), recursive: true);
        await run.PrintedAsync("global/Note is gone: its folder is gone");
        Write("run/global/Note/b.json", "2");
        await run.PrintedAsync("global/Note + b\n  2\n");
        Write("run/global/Note/c.json", "3");
        await run.PrintedAsync("global/Note + c\n  3\n");
        using var publisher = Publisher();
        await publisher.AcceptAsync(cancellationToken);
    }

    [Test]
    public async Task A_socket_takes_the_place_of_the_folder_when_its_publisher_comes(CancellationToken cancellationToken)
    {
        Write("persist/status/writer/Note/old.json", """{"Name":"old"}""");
        Write("persist/status/writer/Note/kept.json", """{"Name":"kept"}""");
        await using var run = Run("--follow", "-f", "go");
        await run.PrintedAsync("complete: 2 keys");
        using var publisher = Publisher();
        await publisher.AcceptAsync(cancellationToken);
        publisher.Send("hello Note true");
        publisher.Update("kept", """{"Name":"kept"}""");
        publisher.Send("complete Note");
        await run.PrintedAsync("(persistent) from /run/writer/Note.sock\nwriter/Note - old\nwriter/Note complete: 1 key\n");
    }

    [Test]
    public async Task A_publisher_that_goes_and_comes_again_is_said_and_waited_for(CancellationToken cancellationToken)
    {
        await using var run = Run("-a", "writer", "-t", "Note", "-f", "go");
        await run.SaidAsync("no topic -a writer -t Note below " + _root + " yet: waiting for it.");
        using (var first = Publisher())
        {
            await first.AcceptAsync(cancellationToken);
            first.Send("hello Note false");
            first.Update("a", "1");
            first.Update("b", "2");
            first.Send("complete Note");
            await run.PrintedAsync("complete: 2 keys");
            first.HangUp();
        }
        await run.PrintedAsync("is gone: the publisher has ended; waiting for it\n");
        using var second = Publisher();
        await second.AcceptAsync(cancellationToken);
        second.Send("hello Note false");
        second.Update("b", "2");
        second.Update("c", "3");
        second.Send("complete Note", "restarted Note 1");
        await run.PrintedAsync("writer/Note + c\n  3\nwriter/Note - a\nwriter/Note complete: 2 keys\nwriter/Note restarted 1\n");
        Assert.That(run.Output.Split("writer/Note + b").Length, Is.EqualTo(2), "what is the same again is not shown again");
    }

    [Test]
    public async Task Who_is_turned_away_says_so_once_and_tries_again_each_second(CancellationToken cancellationToken)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var publisher = Publisher();
        await using var run = new MonitorRun(_root, time, "--follow");
        await publisher.AcceptAsync(cancellationToken);
        publisher.HangUp();
        await run.PrintedAsync("turned us away");
        for (var tries = 0; tries < 3; tries++)
        {
            var next = publisher.AcceptAsync(cancellationToken);
            while (!next.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));      // the end of a connection is seen some time after it
                await Task.Yield();
            }
            await next;
            publisher.HangUp();
        }
        Assert.That(run.Output.Split("turned us away").Length, Is.EqualTo(2));
    }

    [Test]
    public async Task A_device_that_starts_later_is_followed_from_its_first_folder(CancellationToken cancellationToken)
    {
        await using var run = Run("--follow", "--match", "^writer/");
        await run.SaidAsync("yet: waiting for it.");
        using var publisher = Publisher("run/writer/inner/Note.sock");
        using var other = Publisher("run/other/Note.sock");
        await publisher.AcceptAsync(cancellationToken);
        publisher.Send("hello Note false", "restarted Note 0", "complete Note");
        await run.PrintedAsync("writer/inner/Note from /run/writer/inner/Note.sock\nwriter/inner/Note restarted 0: its set is not complete\nwriter/inner/Note complete: 0 keys\n");
        Assert.That(run.Output, Does.Not.Contain("other/Note"));
    }

    [Test]
    public async Task A_socket_that_a_killed_publisher_left_is_named_and_its_files_are_shown()
    {
        foreach (var agent in new[] { "dead", "kept" })
        {
            Directory.CreateDirectory(In($"run/{agent}"));
            Eve.Platform.Seqpacket.Listen(In($"run/{agent}/Note.sock")).Dispose();
        }
        Write("persist/status/kept/Note/a.json", "{}");

        var (code, output, errors) = await ToEndAsync();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("(nobody listens at ").And.Contain("/persist/status/kept/Note"));
        Assert.That(errors, Is.EqualTo($"dead/Note: nobody listens at {In("run/dead/Note.sock")}\n"));
    }

    [Test]
    public async Task A_publisher_that_does_not_come_to_an_end_is_named_and_what_it_has_said_is_shown(CancellationToken cancellationToken)
    {
        using var publisher = Publisher();
        await using var run = Run("--once", "--timeout", "0.5");
        await publisher.AcceptAsync(cancellationToken);
        publisher.Send("hello Note false");
        publisher.Update("a", "{}");
        Assert.That(await run.EndAsync(), Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("writer/Note + a"));
        Assert.That(run.Errors, Does.Contain("writer/Note: its publisher does not name all values within 0.5 s (--timeout gives it more)"));
    }

    [Test]
    public async Task Large_fields_are_shown_as_if_they_were_in_the_packet(CancellationToken cancellationToken)
    {
        var mine = In("persist/pubsub-large/writer/Note/mine");
        var others = In("persist/pubsub-large/writer/Note/others");
        Write("persist/pubsub-large/writer/Note/mine", """{"pubsub-large-Data":"a long text"}""");
        Write("persist/pubsub-large/writer/Note/others", """{"pubsub-large-Data":"for somebody else"}""");
        using var publisher = Publisher();
        await using var run = Run("--once", "-f", "go");
        await publisher.AcceptAsync(cancellationToken);
        publisher.Send("hello Note false");
        publisher.Update("a", $$"""{"Inner":{"pubsub-file-Data":"\"{{mine}}\""},"N":1}""");
        publisher.Update("b", """{"pubsub-file-Data":"\"/etc/passwd\""}""");
        publisher.Send("complete Note");
        Assert.That(await run.EndAsync(), Is.Zero);
        Assert.That(run.Output, Does.Contain("""{"Inner":{"pubsub-large-Data":"a long text"},"N":1}""").And.Contain("""{"pubsub-large-Data":null}"""));
        Assert.That((File.Exists(mine), File.Exists(others)), Is.EqualTo((false, true)), "whoever read its file removes it, and no other one");
    }

    [Test]
    public async Task It_waits_until_a_field_has_a_value(CancellationToken cancellationToken)
    {
        using var publisher = Publisher();
        await using var run = Run("-t", "Note", "-k", "a", "--wait", "State == 107 && Name =~ ^a", "-f", "go");
        await publisher.AcceptAsync(cancellationToken);
        publisher.Send("hello Note false");
        publisher.Update("b", """{"Name":"ab","State":107}""");
        publisher.Update("a", """{"Name":"a","State":1}""");
        publisher.Send("complete Note");
        publisher.Update("a", """{"Name":"a","State":107}""");
        Assert.That(await run.EndAsync(), Is.Zero);
        Assert.That(run.Output, Is.EqualTo("writer/Note + a\n  {\"Name\":\"a\",\"State\":107}\n"));
    }

    [Test]
    public async Task It_waits_for_a_set_to_be_complete(CancellationToken cancellationToken)
    {
        using var publisher = Publisher();
        await using var run = Run("-t", "Note", "--wait", "$restarted > 0 && $keys == 0");
        await publisher.AcceptAsync(cancellationToken);
        publisher.Send("hello Note false", "restarted Note 0", "complete Note", "restarted Note 1");
        Assert.That(await run.EndAsync(), Is.Zero);
        Assert.That(run.Output, Is.EqualTo("writer/Note complete: 0 keys\n"));
    }

    [Test]
    public async Task Waiting_in_vain_says_how_the_fields_were()
    {
        Write("run/global/Note/a.json", """{"State":3}""");
        var (code, output, errors) = await ToEndAsync("--wait", "State == 107", "--timeout", "0.3");
        Assert.That((code, output), Is.EqualTo((3, "")));
        Assert.That(errors, Is.EqualTo("'State == 107' did not come true within 0.3 s: global/Note, key a: State is 3.\n"));
        (code, _, errors) = await ToEndAsync("-t", "Other", "--wait", "State == 107", "--timeout", "0.3");
        Assert.That((code, errors), Is.EqualTo((3, $"'State == 107' did not come true within 0.3 s: there is no topic -t Other with such a key below {_root}.\n")));
    }

    [TestCase("There is no topic below ", "--list")]
    [TestCase("There is no topic -t Nowhere below ", "-t", "Nowhere", "--once")]
    public async Task What_is_not_there_is_said_to_be_missing(string reason, params string[] arguments)
    {
        var (code, output, errors) = await ToEndAsync(arguments);
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(errors, Does.StartWith(reason + _root).And.Contain("--root"));
    }

    [Test]
    public async Task A_key_that_is_not_there_is_said_to_be_missing()
    {
        Write("run/global/Note/a.json", "{}");
        Assert.That(await ToEndAsync("--once", "-k", "b"), Is.EqualTo((2, "", "There is no key b in global/Note. Without -k and --keys all are shown.\n")));
        Assert.That((await ToEndAsync("--once", "--keys", "^b")).Errors, Is.EqualTo("There is no key with '^b' in it in global/Note. Without -k and --keys all are shown.\n"));
    }

    [Test]
    public async Task A_root_that_is_not_there_is_refused() =>
        Assert.That(await MonitorRun.ToEndAsync("/nonexistent"), Is.EqualTo((1, "", "There is no folder /nonexistent: name the device's root by --root.\n")));

    [Test]
    public async Task It_changes_nothing(CancellationToken cancellationToken)
    {
        Write("run/global/Note/a.json", "{}");
        Write("persist/status/writer/Note/restarted", "1");
        Write("persist/reboot-reason", "power");
        using var publisher = Publisher();
        var before = Tree();
        await using (var run = Run("--follow"))
        {
            await publisher.AcceptAsync(cancellationToken);
            publisher.Send("hello Note false", "complete Note");
            await run.PrintedAsync("writer/Note complete");
            await run.StopAsync();
        }
        Assert.That(Tree(), Is.EqualTo(before));
    }

    string[] Tree() => [.. Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}").Order(StringComparer.Ordinal)];
}
