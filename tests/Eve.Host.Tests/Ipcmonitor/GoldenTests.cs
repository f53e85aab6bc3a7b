using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

/// <summary>
/// Each folder of Golden holds packets as a publisher has sent them (their values are as Go writes them), options, and what is printed. A folder without
/// output.txt gets it, and fails until it has been read. One that follows is ended when the publisher has gone.
/// </summary>
public partial class GoldenTests
{
    static IEnumerable<string> Cases => Directory.GetDirectories(Folder()).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Cases))]
    [CancelAfter(60_000)]
    public async Task Recorded_packets_are_shown(string name, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Folder(), name);
        var root = Directory.CreateTempSubdirectory("eve-ipc-").FullName;
        try
        {
            var packets = File.ReadAllLines(Path.Combine(folder, "packets.txt"));
            using var publisher = new StrictPublisher(Path.Combine(root, "run", "downloader", packets[0].Split(' ')[1] + ".sock"));
            await using var run = new MonitorRun(root, null, File.ReadAllLines(Path.Combine(folder, "options.txt")));
            await publisher.AcceptAsync(cancellationToken);
            publisher.Send(packets);
            if (File.ReadAllText(Path.Combine(folder, "options.txt")).Contains("--follow", StringComparison.Ordinal))
            {
                publisher.HangUp();
                await run.PrintedAsync("the publisher has ended");
                Assert.That(await run.StopAsync(), Is.Zero);
            }
            else
            {
                Assert.That(await run.EndAsync(), Is.Zero, run.Errors);
            }
            Compare(Path.Combine(folder, "output.txt"), Clock.Replace(run.Output, "\"time\":\"T\""));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    static void Compare(string file, string output)
    {
        if (!File.Exists(file))
        {
            File.WriteAllText(file, output);
            Assert.Fail($"{file} is new: read it.");
        }
        Assert.That(output, Is.EqualTo(File.ReadAllText(file)));
    }

    static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");

    [GeneratedRegex("\"time\":\"[^\"]*\"")]
    private static partial Regex Clock { get; }
}
