using System.Diagnostics;
using Eve.Platform;
using NUnit.Framework;

namespace Eve.Tests.Platform;

public class CommandsTests
{
    readonly Commands _commands = new(TimeProvider.System);

    [Test]
    public async Task A_program_gets_its_arguments_as_they_are_and_its_input()
    {
        var result = await _commands.RunAsync("printf", ["%s|", "a b", "$HOME", "; id", "'\"\n"]);
        Assert.That(result.Output, Is.EqualTo("a b|$HOME|; id|'\"\n|"));
        Assert.That((await _commands.RunAsync("cat", [], input: "naïve\n")).Output, Is.EqualTo("naïve\n"));
        Assert.That((await _commands.RunAsync("cat", [])).Output, Is.Empty);
    }

    [Test]
    public async Task An_exit_code_is_a_result_and_checked_on_demand()
    {
        var result = await _commands.RunAsync("/bin/ls", ["--no-such-option", "two words"]);
        Assert.That(result.Succeeded, Is.False);
        Assert.That(() => result.Check(), Throws.TypeOf<EveException>().With.Message.EqualTo(
            "/bin/ls --no-such-option 'two words': exit code 2: /bin/ls: unrecognized option '--no-such-option'"));
    }

    [Test]
    public void A_missing_program_names_the_package_that_brings_it()
    {
        Assert.That(() => _commands.RunAsync("/nowhere/nft", []), Throws.TypeOf<EveException>().With.Message.EqualTo(
            "program /nowhere/nft is not installed: install package nftables"));
        Assert.That(() => _commands.RunAsync("no-such-program", []), Throws.TypeOf<EveException>().With.Message.EqualTo(
            "program no-such-program is not installed"));
    }

    [Test]
    public async Task The_environment_is_added_to_ours()
    {
        var result = await _commands.RunAsync("env", [], environment: new Dictionary<string, string> { ["EVE_TEST"] = "x y" });
        Assert.That(result.Output.Split('\n'), Does.Contain("EVE_TEST=x y").And.Contain("LC_ALL=C"));
    }

    [Test]
    public void Too_much_output_ends_the_program()
    {
        var small = new Commands(TimeProvider.System, outputLimit: 100_000);
        Assert.That(() => small.RunAsync("yes", []), Throws.TypeOf<EveException>().With.Message.EqualTo("yes: wrote more than 100000 bytes, so it was ended"));
    }

    [Test]
    public void A_program_that_exceeds_its_time_is_ended() =>
        Assert.That(() => _commands.RunAsync("sleep", ["600"], timeout: TimeSpan.FromMilliseconds(50)), Throws.TypeOf<EveException>().With.Message.EqualTo(
            "sleep 600: not done after 0.05 s, so it was ended"));

    [Test]
    public async Task Cancelling_kills_what_the_program_started_too()
    {
        using var folder = new TemporaryFolder();
        var pidFile = folder.Path("pid");
        using var stop = new CancellationTokenSource();
        var run = _commands.RunAsync("sh", ["-c", "sleep 600 & echo $! > \"$1.new\"; mv \"$1.new\" \"$1\"; wait", "sh", pidFile], cancellationToken: stop.Token);
        await Eventually.Async(() => File.Exists(pidFile));
        var grandchild = int.Parse(await File.ReadAllTextAsync(pidFile), null);
        await stop.CancelAsync();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        await Eventually.Async(() => !Processes.IsAlive(grandchild));
    }

    [Test]
    public async Task Something_left_behind_that_holds_the_output_does_not_hold_the_result()
    {
        var result = await _commands.RunAsync("sh", ["-c", "sleep 600 & echo $!"]);
        var left = int.Parse(result.Output, null);
        Assert.That(Processes.IsAlive(left));
        Libc.Kill(left, Libc.SigKill);
    }

    [Test]
    public async Task A_program_that_stays_is_heard_line_by_line_and_ends_by_SIGTERM()
    {
        await using var running = await _commands.StartAsync("sh", ["-c", "echo one; echo two >&2; exec sleep 600"]);
        var heard = new List<OutputLine>();
        await foreach (var line in running.Lines)
        {
            heard.Add(line);
            if (heard.Count == 2)
                break;
        }

        Assert.That(heard, Is.EquivalentTo(new[] { new OutputLine(false, "one"), new OutputLine(true, "two") }));
        Assert.That(Processes.IsAlive(running.Id));
        Assert.That(await running.StopAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(128 + Libc.SigTerm));
    }

    [Test]
    public async Task A_program_that_ignores_SIGTERM_is_killed_with_its_children()
    {
        await using var running = await _commands.StartAsync("sh", ["-c", "trap '' TERM; sleep 600 & echo $!; while :; do wait; done"]);
        var child = 0;
        await foreach (var line in running.Lines)
        {
            child = int.Parse(line.Text, null);
            break;
        }

        Assert.That(await running.StopAsync(TimeSpan.FromMilliseconds(50)), Is.EqualTo(128 + Libc.SigKill));
        await Eventually.Async(() => !Processes.IsAlive(child));
    }

    [Test]
    public async Task A_program_that_ends_by_itself_gives_its_last_lines_and_its_code()
    {
        await using var running = await _commands.StartAsync("sh", ["-c", "printf 'a\\r\\nb'; exit 7"]);
        var lines = new List<string>();
        await foreach (var line in running.Lines)
            lines.Add(line.Text);
        Assert.That(lines, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(await running.Exited, Is.EqualTo(7));
        await running.DisposeAsync();
        Assert.That(await running.StopAsync(TimeSpan.Zero), Is.EqualTo(7), "once more, and after its disposal");
    }

    [Test]
    public async Task A_reader_that_is_absent_does_not_hold_the_program_up()
    {
        await using var running = await _commands.StartAsync("seq", ["100000"]);
        Assert.That(await running.Exited, Is.Zero);
        Assert.That(running.DroppedLines, Is.EqualTo(100_000 - 8192));
    }

    [Test]
    public async Task Silent_programs_hold_no_thread()
    {
        var before = ThreadPool.ThreadCount;
        var running = new List<IRunningCommand>();
        for (var i = 0; i < 30; i++)
            running.Add(await _commands.StartAsync("sleep", ["600"]));
        var clock = Stopwatch.StartNew();
        await _commands.RunAsync("true", []);
        Assert.That(ThreadPool.ThreadCount, Is.LessThan(before + 20), $"after {clock.Elapsed}");
        await Task.WhenAll(running.Select(one => one.DisposeAsync().AsTask()));
    }

    [Test]
    public void A_folder_and_its_file_system_can_be_made_safe()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => Libc.Sync(folder.Root), Throws.Nothing);
        Assert.That(() => Libc.SyncFileSystem(folder.Root), Throws.Nothing);
        Assert.That(() => Libc.Sync(folder.Path("absent")), Throws.TypeOf<IOException>().With.Message.Contains("No such file"));
    }
}
