using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Eve.Agents.Zedagent;
using Eve.Agents.Zedagent.Private;
using Eve.Testing;
using Eve.Tests.Zedagent.Parts;
using Eve.Topics;
using Google.Protobuf;
using NUnit.Framework;

namespace Eve.Tests.Zedagent.Reporting;

/// <summary>
/// Each folder of Golden holds topics (publisher/topic, key, value) and what the controller hears of them. A folder without info.json and metrics.json
/// gets them, and fails until they have been read.
/// </summary>
public class GoldenTests
{
    static readonly JsonFormatter s_form = new(JsonFormatter.Settings.Default.WithIndentation(" "));

    static readonly Dictionary<string, Action<TestDevice, string, JsonNode>> s_topics = new(
    [
        Topic(ZedagentTopics.ZedAgentStatus), Topic(ZedagentTopics.AppInstanceConfig), Topic(ZedagentPrivate.ConfigReceipt), Topic(ZedagentPrivate.ConfigVerdict),
        Topic(NodeagentTopics.NodeAgentStatus), Topic(NimTopics.DeviceNetworkStatus), Topic(NimTopics.DevicePortConfigList), Topic(NimTopics.MetricsMap),
        Topic(NimTopics.CipherMetrics), Topic(DomainmgrTopics.HostMemory), Topic(DomainmgrTopics.DomainMetric), Topic(DomainmgrTopics.AssignableAdapters),
        Topic(DomainmgrTopics.Capabilities), Topic(DownloaderTopics.MetricsMap), Topic(VaultmgrTopics.VaultStatus), Topic(ZedmanagerTopics.AppInstanceStatus),
        Topic(ZedrouterTopics.NetworkInstanceStatus), Topic(ZedrouterTopics.NetworkInstanceMetrics), Topic(ZedrouterTopics.NetworkMetrics),
        Topic(VolumemgrTopics.DiskMetric), Topic(VolumemgrTopics.AppDiskMetric), Topic(VolumemgrTopics.VolumeStatus), Topic(VolumemgrTopics.ContentTreeStatus),
        Topic(VolumemgrTopics.BlobStatus), Topic(BaseosmgrTopics.ZbootStatus), Topic(BaseosmgrTopics.BaseOsStatus), Topic(BaseosmgrTopics.BaseOSMgrStatus),
        Topic(MsrvTopics.AppInstMetaData), Topic(NewlogdTopics.NewlogMetrics),
    ]);

    static IEnumerable<string> Cases => Directory.GetDirectories(Folder()).Select(f => Path.GetFileName(f)!).Order();

    [TestCaseSource(nameof(Cases))]
    public async Task Topics_become_reports(string name)
    {
        await using var device = new ReportingDevice();
        var folder = Path.Combine(Folder(), name);
        if (File.Exists(Path.Combine(folder, "machine.json")))
            device.Machine.Facts = JsonSerializer.Deserialize<MachineFacts>(File.ReadAllText(Path.Combine(folder, "machine.json")))!;
        device.OpenGates();
        foreach (var (topic, values) in JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "topics.json")))!.AsObject())
        {
            foreach (var (key, value) in values!.AsObject())
                s_topics[topic](device.Device, key, value!);
        }
        device.Start();
        await device.Device.SettleAsync();

        var infos = device.Infos.OrderBy(i => (i.Ztype, i.ToString())).Select(i => s_form.Format(i));
        Assert.Multiple(() =>
        {
            Check(Path.Combine(folder, "info.json"), $"[{string.Join(",\n", infos)}]\n");
            Check(Path.Combine(folder, "metrics.json"), s_form.Format(device.Metrics.Single()) + "\n");
        });
    }

    static void Check(string file, string actual)
    {
        if (!File.Exists(file))
        {
            File.WriteAllText(file, actual);
            Assert.Fail($"{file} is new: read it, and keep it if it is right.");
        }
        Assert.That(actual, Is.EqualTo(File.ReadAllText(file)));
    }

    static KeyValuePair<string, Action<TestDevice, string, JsonNode>> Topic<T>(Topic<T> topic) where T : class, ITopic<T> =>
        new($"{topic.Publisher}/{typeof(T).Name}", (device, key, value) => device.Publish(topic, key, value.Deserialize(T.Json)!));

    static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Golden");
}
