using System.Diagnostics;

namespace Eve.Tests.Architecture;

/// <summary>The samples use the packages, so they are built and run as a user of the packages does it, in a folder of their own.</summary>
[Category("system")]
public class SamplesTests
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("evesample").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_replaced_agent_runs_in_the_place_of_EVEs_own()
    {
        var output = await RunAsync(await BuildAsync("ReplaceAgent"), untilLine: null);
        Assert.That(output, Has.Member("LED: Onboarded, 4 blinks"));
    }

    [Test]
    public async Task The_minimal_host_runs_all_agents_until_it_is_interrupted()
    {
        var output = await RunAsync(await BuildAsync("MinimalHost"), untilLine: "A device in ");
        Assert.That(output[0], Does.StartWith($"A device in {_folder}: ").And.Contain(" verifier"));
        Assert.That(output[^1], Is.EqualTo("The device has stopped."));
    }

    /// <summary>Builds against the packages that `make pack` has made, with a package cache of its own; returns the executable.</summary>
    async Task<string> BuildAsync(string sample)
    {
        const string Prefix = "Eve.Agents.";
        var packages = Directory.GetFiles(Path.Combine(Product.Root, "dist", "packages"), Prefix + "*.nupkg");
        if (packages is not [var package])
            throw new InvalidOperationException("There is not exactly one package Eve.Agents in dist/packages: run `make pack` first.");
        var version = Path.GetFileNameWithoutExtension(package)[Prefix.Length..];
        var project = Path.Combine(Product.Root, "samples", sample, sample + ".csproj");
        var bin = Path.Combine(_folder, "bin");
        var (exitCode, lines) = await EndAsync(Start("dotnet",
        [
            "build", project, "-c", "Release", "-o", bin, "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            $"-p:EvePackageVersion={version}", $"-p:RestorePackagesPath={Path.Combine(_folder, "packages")}",
        ]));
        Assert.That(exitCode, Is.Zero, string.Join('\n', lines));
        Assert.That(File.Exists(Path.Combine(_folder, "packages", "eve.core", version, "eve.core.nuspec")), "The sample was not built from the package.");
        return Path.Combine(bin, sample);
    }

    /// <summary>Runs the program until it ends, or interrupts it, as Ctrl-C does, when it has printed that line.</summary>
    async Task<IReadOnlyList<string>> RunAsync(string program, string? untilLine)
    {
        var (exitCode, lines) = await EndAsync(Start(program, [_folder]), untilLine);
        Assert.That(exitCode, Is.Zero, string.Join('\n', lines));
        return lines;
    }

    static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = Product.Root })!;

    static async Task<(int ExitCode, List<string> Lines)> EndAsync(Process process, string? untilLine = null)
    {
        using var running = process;
        using var patience = new CancellationTokenSource(s_patience);
        List<string> lines = [];
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                lines.Add(line);
                if (untilLine is not null && line.StartsWith(untilLine, StringComparison.Ordinal))
                    Platform.Libc.Kill(process.Id, Interrupt);
            }
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, lines);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    const int Interrupt = 2;
}
