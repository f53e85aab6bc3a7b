using System.Net.Sockets;
using System.Text;

namespace Eve.Tests.Architecture;

/// <summary>The samples use the packages, so they are built and run as a user of the packages does it, in a folder of their own.</summary>
[Category("system")]
public class SamplesTests
{
    string _folder = "", _work = "";

    [SetUp]
    public void MakeFolders() => (_folder, _work) = (Directory.CreateTempSubdirectory("evesample").FullName, Directory.CreateTempSubdirectory("evebuild").FullName);

    [TearDown]
    public void RemoveFolders()
    {
        foreach (var folder in new[] { _folder, _work })
            Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_replaced_agent_runs_in_the_place_of_EVEs_own()
    {
        using var sample = new RunningSample(await BuildAsync("ReplaceAgent"), _folder);
        Assert.That(await sample.EndAsync(), Has.Member("LED: Onboarded, 4 blinks"));
    }

    [Test]
    public async Task The_minimal_host_runs_all_agents_until_it_is_interrupted()
    {
        using var sample = new RunningSample(await BuildAsync("MinimalHost"), _folder);
        Assert.That(await sample.UntilAsync("A device in "), Does.StartWith($"A device in {_folder}: ").And.Contain(" verifier"));
        Assert.That((await sample.InterruptAsync())[^1], Is.EqualTo("The device has stopped."));
    }

    [Test]
    public async Task An_agent_of_ones_own_publishes_a_topic_of_its_own_that_outlives_the_device()
    {
        var program = await BuildAsync("CustomAgent");
        for (var start = 1; start <= 2; start++)
        {
            using var sample = new RunningSample(program, _folder);
            await sample.UntilAsync($"Start number {start} of this device.");
            Assert.That(File.Exists(Path.Combine(_folder, "run", "boots", "BootCount.sock")));
            await sample.InterruptAsync();
        }
        Assert.That(File.ReadAllText(Path.Combine(_folder, "persist", "status", "boots", "BootCount", "device.json")), Is.EqualTo("""{"Count":2}"""));
    }

    [Test]
    public async Task A_web_page_follows_the_topics_of_the_device_in_its_process()
    {
        const string Listening = "Now listening on: ";
        using var sample = new RunningSample(await BuildAsync("EmbeddedInAspNet"), "--urls", "http://127.0.0.1:0", "--root", _folder);
        var line = await sample.UntilAsync(Listening);
        using var client = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) };
        Assert.That(await client.GetStringAsync("/"), Does.Contain("EventSource").And.Contain("'nodeagent/NodeAgentStatus'"));
        using (var events = new StreamReader(await client.GetStreamAsync("/nodeagent/NodeAgentStatus")))
            Assert.That(await events.ReadLineAsync(), Does.Match("^data: nodeagent: .+ reason"));
        await sample.InterruptAsync();
    }

    [Test]
    public async Task An_agent_in_a_process_of_its_own_follows_a_device_and_publishes_for_it()
    {
        using var outside = new RunningSample(await BuildAsync("OutsideProcess"), _folder);
        using var device = new RunningSample(await BuildAsync("MinimalHost"), _folder);
        const string Key = "nodeagent: ";
        var reason = (await outside.UntilAsync(Key))[Key.Length..];
        Assert.That(reason, Is.Not.Empty);
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder, "run", "bootreason", "BootNote.sock")));
            await socket.SendAsync("request BootNote"u8.ToArray());
            var packets = new string[2];
            for (var i = 0; i < packets.Length; i++)
            {
                var packet = new byte[4096];
                packets[i] = Encoding.UTF8.GetString(packet, 0, await socket.ReceiveAsync(packet));
            }
            Assert.That(packets, Is.EqualTo(["hello BootNote false", $"update BootNote {Base64("nodeagent")} {Base64($$"""{"Name":"nodeagent","Text":"{{reason}}"}""")}"]));
        }
        await device.InterruptAsync();
        await outside.InterruptAsync();
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Builds against the packages that `make pack` has made, with a package cache of its own; returns the executable.</summary>
    async Task<string> BuildAsync(string sample)
    {
        const string Prefix = "Eve.Agents.";
        var packages = Directory.GetFiles(Path.Combine(Product.Root, "dist", "packages"), Prefix + "*.nupkg");
        if (packages is not [var package])
            throw new InvalidOperationException("There is not exactly one package Eve.Agents in dist/packages: run `make pack` first.");
        var version = Path.GetFileNameWithoutExtension(package)[Prefix.Length..];
        var project = Path.Combine(Product.Root, "samples", sample, sample + ".csproj");
        var bin = Path.Combine(_work, sample);
        using var build = new RunningSample("dotnet",
            "build", project, "-c", "Release", "-o", bin, "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            $"-p:EvePackageVersion={version}", $"-p:RestorePackagesPath={Path.Combine(_work, "packages")}");
        await build.EndAsync();
        Assert.That(File.Exists(Path.Combine(_work, "packages", "eve.core", version, "eve.core.nuspec")), "The sample was not built from the package.");
        return Path.Combine(bin, sample);
    }
}
