using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Private;
using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The present report of each object, and which of them the controller has not been told yet.</summary>
internal sealed class InfoReports(AgentContext agent, IMachineFacts machine, Randomness random)
{
    readonly DeviceInputTopics _device = new(agent);
    readonly Subscription<NetworkInstanceStatus> _networks = agent.Subscribe(ZedrouterTopics.NetworkInstanceStatus);
    readonly Subscription<VolumeStatus> _volumes = agent.Subscribe(VolumemgrTopics.VolumeStatus);
    readonly Subscription<AppDiskMetric> _appDisks = agent.Subscribe(VolumemgrTopics.AppDiskMetric);
    readonly Subscription<BlobStatus> _blobs = agent.Subscribe(VolumemgrTopics.BlobStatus);
    readonly Subscription<AppInstMetaData> _data = agent.Subscribe(MsrvTopics.AppInstMetaData);
    readonly Dictionary<string, Wire.ZInfoMsg> _told = [];
    MachineFacts _facts = new();
    TimeSpan _interval;
    TimeSpan _deviceDue;
    Guid _id;
    long? _epoch;

    /// <summary>An object and its report; without a report it is there, but is not reported.</summary>
    readonly record struct Report(string Key, Wire.ZInfoMsg? Message);

    /// <summary>What is to be told now: what is new, what has changed, what is gone, and the device's own report when its time has come.</summary>
    public IReadOnlyList<(string Key, Wire.ZInfoMsg Message, bool IsGone)> Take(Guid id)
    {
        var due = IsDeviceDue();
        var anew = IsAnew(id);
        if (!due && !anew && !Moved)
            return [];

        List<(string, Wire.ZInfoMsg, bool)> news = [];
        HashSet<string> present = [];
        foreach (var (key, message) in All())
        {
            present.Add(key);
            if (message is null)
                continue;
            message.DevId = id.ToString();
            ConfigFaults.Add(message, _device.Verdict?.Faults ?? []);
            var essence = Essence(message);
            if (!anew && _told.TryGetValue(key, out var told) && told.Equals(essence) && !(due && message.Ztype == Wire.ZInfoTypes.ZiDevice))
                continue;
            _told[key] = essence;
            news.Add((key, message, false));
        }
        foreach (var key in _told.Keys.Where(k => !present.Contains(k)).ToList())
        {
            if (Deletions.Of(_told[key]) is { } gone)
                news.Add((key, gone, true));
            _told.Remove(key);
        }
        return news;
    }

    bool Moved => _device.Moved || _networks.Changed || _volumes.Changed || _appDisks.Changed || _blobs.Changed || _data.Changed;

    bool IsDeviceDue()
    {
        var interval = agent.Config.Get(ConfigItems.DeviceInfoInterval);
        var due = agent.Elapsed >= _deviceDue;
        if (due || interval != _interval)
        {
            _deviceDue = agent.Elapsed + BackOff.Within(interval, 0.8, 1.2, random());
            _interval = interval;
        }
        if (due || _device.NetworkMoved)
            _facts = machine.Read();
        agent.WakeAt(_deviceDue);
        return due;
    }

    // Another device, or a controller that wants to hear everything once more (its epoch).
    bool IsAnew(Guid id)
    {
        var epoch = _device.Receipt?.Epoch;
        var other = id != _id;
        var anew = other || (_epoch is not null && epoch is not null && epoch != _epoch);
        (_id, _epoch) = (id, epoch ?? _epoch);
        if (other)
            _told.Clear();
        return anew;
    }

    IEnumerable<Report> All()
    {
        yield return new("device", DeviceReport.Of(_device.Read(_facts)));
        var networks = _networks.DistinctBy(n => n.UUID).ToDictionary(n => n.UUID);
        foreach (var app in _device.Apps)
            yield return new($"app:{app.Key}", app.NoUploadStatsToController ? null : AppReport.Of(app, networks, _device.Adapters));
        foreach (var network in networks.Values)
            yield return new($"network:{network.Key}", NetworkInstanceReport.Of(network, _device.Adapters, _id));
        foreach (var tree in _device.Contents)
            yield return new($"content:{tree.Key}", ContentReport.Of(tree));
        foreach (var blob in _blobs)
            yield return new($"blob:{blob.Key}", ContentReport.Of(blob));
        var disks = _appDisks.DistinctBy(d => d.DiskPath).ToDictionary(d => d.DiskPath);
        foreach (var volume in VolumeReport.Newest(_volumes))
            yield return new($"volume:{volume.VolumeID}", VolumeReport.Of(volume, disks.GetValueOrDefault(volume.FileLocation)));
        foreach (var data in _data)
            yield return new($"data:{data.Key}", AppReport.Of(data));
    }

    // A guest that writes makes its volume's file grow all the time: that alone is no news (metrics tell of it).
    static Wire.ZInfoMsg Essence(Wire.ZInfoMsg message)
    {
        var essence = message.Clone();
        if (essence.Vinfo?.Resources is { } resources)
            resources.CurSizeBytes = 0;
        return essence;
    }
}
