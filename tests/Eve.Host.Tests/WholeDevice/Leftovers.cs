using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Eve.Demo;

namespace Eve.Tests.WholeDevice;

/// <summary>All that a device may leave behind, one line for each thing.</summary>
public static partial class Leftovers
{
    // Of no thing's being there: counts, ages, and handles, which nft never gives twice.
    static readonly HashSet<string> Passing = ["valid_life_time", "preferred_life_time", "handle", "packets", "bytes", "expires", "ifindex", "link_index"];

    public static async Task<IReadOnlySet<string>> OfAsync(DeviceLab lab)
    {
        var side = lab.Lab.DeviceSide;
        var all = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var what in new[] { "link", "addr", "rule", "route show table all", "-6 rule", "-6 route show table all" })
            all.UnionWith(Lines(what, await JsonAsync(side, "ip", ["-j", .. what.Split(' ')])));
        all.UnionWith(Lines("nft", (await JsonAsync(side, "nft", ["-j", "list", "ruleset"]))?["nftables"]));
        all.UnionWith((await lab.ProcessesAsync()).Select(id => $"process {Numbers().Replace(DeviceLab.CommandLine(id), "N")}"));
        // Those of the device's own namespace, and what of it others see.
        var machine = Mounts("self");
        all.UnionWith(Mounts($"{lab.Device.Id}").Except(machine).Concat(machine.Where(m => m.Contains(lab.Root, StringComparison.Ordinal))).Select(m => $"mount {m}"));
        all.UnionWith((await Lab.RunHereAsync("losetup", ["-a"], CancellationToken.None)).Output.Split('\n').Where(l => l.Contains(lab.Root, StringComparison.Ordinal)).Select(l => $"loop {l}"));
        all.UnionWith((await lab.TopicsAsync()).SelectMany(t => t.Keys.Select(key => $"key {t.Topic} {key}")));
        all.UnionWith(Directory.EnumerateFileSystemEntries(lab.Root, "*", SearchOption.AllDirectories).Select(f => $"file {Path.GetRelativePath(lab.Root, f)}"));
        // An object that is gone is told by its id alone.
        all.UnionWith((await lab.ViewAsync()).Objects.Select(o => $"object {o}"));
        // What diag makes of all topics is the same as well; but others use this machine's disk too.
        var findings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(lab.Root, "run", "diag.json")))?["findings"];
        all.UnionWith(Lines("diag", findings).Where(l => !l.Contains("\"storage\"", StringComparison.Ordinal)));
        return all;
    }

    static List<string> Mounts(string process) => [.. File.ReadLines($"/proc/{process}/mountinfo").Select(line => line.Split(' ')[4])];

    static async Task<JsonNode?> JsonAsync(string side, string program, IEnumerable<string> arguments)
    {
        var (_, output) = await Lab.RunAsync(side, program, arguments, CancellationToken.None);
        return output.Trim().Length == 0 ? null : JsonNode.Parse(output);
    }

    static IEnumerable<string> Lines(string what, JsonNode? list) => (list as JsonArray ?? []).Select(one => $"{what} {Lasting(one)}");

    static string Lasting(JsonNode? node)
    {
        if (node is JsonObject one)
        {
            foreach (var name in one.Select(p => p.Key).Where(Passing.Contains).ToList())
                one.Remove(name);
            foreach (var (_, value) in one)
                Lasting(value);
        }
        foreach (var inner in node as JsonArray ?? [])
            Lasting(inner);
        return node?.ToJsonString() ?? "";
    }

    [GeneratedRegex("[0-9]{2,}")]
    private static partial Regex Numbers();
}
