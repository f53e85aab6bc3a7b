using System.Diagnostics;
using System.Globalization;
using Eve.Platform;
using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>A real process that writes persistent topics on a real ext4, killed in the midst of it.</summary>
[Category("system")]
public class KillTests
{
    [TestCase(20)]
    [TestCase(200, Category = "long")]
    public async Task What_a_killed_process_had_been_told_is_safe_is_there(int kills)
    {
        await using var disk = await LoopMount.OfAsync(64);
        var random = new Random(kills);
        Dictionary<string, string> found = [];
        var acknowledged = 0;
        for (var kill = 1; kill <= kills; kill++)
        {
            var first = kill * 1_000_000L + 1;
            var safe = await WriteAndDieAsync(disk.Root, first, random.Next(1500));
            acknowledged += safe.Count;
            var before = found;
            found = await StartAsync(disk.Root);
            foreach (var name in Program.Topics.SelectMany(t => Enumerable.Range(0, Program.Keys).Select(k => $"{t} k{k}")))
            {
                var last = safe.GetValueOrDefault(name, first - 1);
                var expected = new[] { last < first ? before.GetValueOrDefault(name) : Program.ValueOf(last), Program.ValueOf(last + 1) };
                Assert.That(found.GetValueOrDefault(name), Is.AnyOf(expected), $"kill {kill}: {name}, safe was {last}");
            }
        }
        TestContext.Out.WriteLine($"{kills} kills; {acknowledged} keys had been changed and told safe");
        Assert.That(acknowledged, Is.GreaterThan(kills));
    }

    // Killed at some line; what it said until then counts.
    static async Task<Dictionary<string, long>> WriteAndDieAsync(string root, long first, int lines)
    {
        using var writer = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(KillTests).Assembly.Location, root, first.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        Dictionary<string, long> safe = [];
        for (var read = 0; ; read++)
        {
            if (read == lines)
                writer.Kill();
            if (await writer.StandardOutput.ReadLineAsync() is not { } line)
                break;
            if (line.LastIndexOf(' ') is > 0 and var space && long.TryParse(line[(space + 1)..], CultureInfo.InvariantCulture, out var number))
                safe[line[..space]] = number;
        }
        await writer.WaitForExitAsync();
        Assert.That(writer.ExitCode, Is.EqualTo(128 + Libc.SigKill), "it ended by the kill");
        return safe;
    }

    static async Task<Dictionary<string, string>> StartAsync(string root)
    {
        using var log = new RecordingLog();
        var store = new PersistentStore(new EvePaths(root), MachineFiles.Instance, TimeProvider.System, log);
        Dictionary<string, string> found = [];
        await using (var bus = new MemoryBus(["writer", "other"], store))
        {
            foreach (var topic in Program.Topics)
            {
                foreach (var (key, note) in bus.Of(topic).Snapshot())
                    found[$"{topic} {key}"] = ((Note)note).Size.ToString(CultureInfo.InvariantCulture);
            }
        }
        Assert.That(log.Lines, Is.Empty);
        Assert.That(Directory.EnumerateFiles(root, "tmp*", SearchOption.AllDirectories), Is.Empty);
        return found;
    }
}
