using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Eve.Agents.Zedrouter;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Zedrouter;

/// <summary>Each folder of Golden holds what is wanted (topics by name) and what is made of it on the machine. A folder without the latter gets it, and fails until it has been read.</summary>
public class GoldenTests
{
    static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    static IEnumerable<string> Cases => Directory.GetDirectories(Folder()).Select(f => Path.GetFileName(f)!).Order();

    [TestCaseSource(nameof(Cases))]
    public void What_is_wanted_becomes_items_and_texts(string name)
    {
        using var wanted = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), name, "wanted.json")));
        var instances = Read(wanted, NetworkInstanceConfig.Json);
        var apps = Read(wanted, AppNetworkConfig.Json);
        var numbers = Numbering.Assign(new([], [], []), instances, apps, new(_ => true, _ => true), false, s_now);
        var judged = NetworkInstances.Judge(instances, numbers, Read(wanted, DeviceNetworkStatus.Json).SingleOrDefault(), new HashSet<string>());
        var networks = AppNetworks.Judge(apps, judged, numbers, _ => null);
        var items = Intended.Items(Samples.DeviceId, judged, networks, true, "/run/zedrouter", "nobody");

        Compare(name, "items.txt", string.Concat(items.Where(i => i is not FilterPart and not DnsmasqProcess).Select(i => $"{i}\n")));
        Compare(name, "nft.json", string.Join('\n', items.OfType<FilterPart>().Where(p => p.Name != FilterPart.Frame).Select(p => FilterTransaction.Of(null, p))) + "\n");
        Compare(name, "dnsmasq.txt", string.Concat(items.OfType<DnsmasqProcess>().Select(Texts)));
        Compare(name, "errors.txt", string.Concat(judged.SelectMany(i => new[] { i.Invalid, i.Conflict, i.NoPort, i.MtuConflict }).Concat(networks.Select(n => n.Error)).Where(e => e.Length > 0).Select(e => e + "\n")));
    }

    [Test]
    public void The_frame_of_the_packet_filter_is_what_it_was() => Compare("", "frame.json", FilterTransaction.Of(null, FilterFrame.Frame(clampMss: true)) + "\n");

    static string Texts(DnsmasqProcess server)
    {
        var text = new StringBuilder($"# dnsmasq.{server.Bridge}.conf\n{server.Config}");
        foreach (var (name, content) in server.Hosts.OrderBy(h => h.Key, StringComparer.Ordinal))
            text.Append($"# dhcp-hosts.{server.Bridge}/{name}\n{content}");
        foreach (var (name, content) in server.Names.OrderBy(h => h.Key, StringComparer.Ordinal))
            text.Append($"# hosts.{server.Bridge}/{name}\n{content}");
        return text.ToString();
    }

    static List<T> Read<T>(JsonDocument wanted, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form) =>
        [.. wanted.RootElement.GetProperty(typeof(T).Name).EnumerateArray().Select(e => e.Deserialize(form)!)];

    static void Compare(string name, string file, string actual)
    {
        var path = Path.Combine(Folder(), name, file);
        if (!File.Exists(path))
        {
            File.WriteAllText(path, actual);
            Assert.Fail($"{path} is new: read it, and keep it if it is right.");
        }
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)));
    }

    static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");
}
