using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The present report of each object, and which of them the controller has not been told yet.</summary>
internal sealed class InfoReports
{
    readonly AgentContext _agent;
    readonly IMachineFacts _machine;
    readonly Randomness _random;
    readonly DeviceInputTopics _device;
    readonly ObjectInputTopics _objects;
    readonly ReportedObjects _reported;
    readonly Dictionary<string, Wire.ZInfoMsg> _told = [];
    readonly HashSet<string> _gone = [];
    MachineFacts _facts = new();
    TimeSpan _interval;
    TimeSpan _deviceDue;
    Guid _id;
    long? _epoch;

    public InfoReports(AgentContext agent, IMachineFacts machine, Randomness random)
    {
        (_agent, _machine, _random) = (agent, machine, random);
        _device = new(agent);
        _objects = new(agent, _device);
        _reported = new(agent);
    }

    /// <summary>An object and its report; without a report it is there, but is not reported.</summary>
    readonly record struct Report(string Key, Wire.ZInfoMsg? Message);

    /// <summary>What is to be told now: what is new, what has changed, what is gone, and the device's own report when its time has come.</summary>
    /// <remarks>What is told to be there is on disk before: whatever happens then, it will be told to be gone.</remarks>
    public async Task<IReadOnlyList<(string Key, Wire.ZInfoMsg Message)>> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var due = IsDeviceDue();
        var anew = IsAnew(id);
        var moved = _device.Moved | _objects.Moved();
        if (!due && !anew && !moved)
            return [];

        List<(string, Wire.ZInfoMsg)> news = [];
        HashSet<string> present = [];
        foreach (var (key, message) in All())
        {
            present.Add(key);
            if (message is null)
                continue;
            message.DevId = id.ToString();
            ConfigFaults.Add(message, _device.Verdict?.Faults ?? []);
            if (!IsNews(key, message) && !anew && !(due && message.Ztype == Wire.ZInfoTypes.ZiDevice))
                continue;
            await _reported.RememberAsync(key, id, message, cancellationToken);
            news.Add((key, message));
        }
        foreach (var key in Departures.Of(_reported.Keys, present, _objects.Kinds))
        {
            _told.Remove(key);
            if (_gone.Add(key) && _reported.Deletion(key) is { } deletion)
                news.Add((key, deletion));
        }
        _gone.ExceptWith(present);
        return news;
    }

    /// <summary>What is gone, and the controller knows it, is forgotten.</summary>
    /// <param name="waits">Whether the last word on an object is still to be sent.</param>
    public void Forget(Func<string, bool> waits)
    {
        foreach (var key in _gone.Where(key => !waits(key)).ToList())
        {
            _reported.Forget(key);
            _gone.Remove(key);
        }
    }

    bool IsNews(string key, Wire.ZInfoMsg message)
    {
        var essence = Essence(message);
        if (_told.TryGetValue(key, out var told) && told.Equals(essence))
            return false;
        _told[key] = essence;
        return true;
    }

    bool IsDeviceDue()
    {
        var interval = _agent.Config.Get(ConfigItems.DeviceInfoInterval);
        var due = _agent.Elapsed >= _deviceDue;
        if (due || interval != _interval)
        {
            _deviceDue = _agent.Elapsed + BackOff.Within(interval, 0.8, 1.2, _random());
            _interval = interval;
        }
        if (due || _device.NetworkMoved)
            _facts = _machine.Read();
        _agent.WakeAt(_deviceDue);
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
        {
            _told.Clear();
            _gone.Clear();
            _reported.ForgetOthers(id);
        }
        return anew;
    }

    IEnumerable<Report> All()
    {
        yield return new("device", DeviceReport.Of(_device.Read(_facts)));
        var networks = _objects.Networks.DistinctBy(n => n.UUID).ToDictionary(n => n.UUID);
        foreach (var app in _device.Apps)
            yield return new(Departures.Key("app", app.Key), app.NoUploadStatsToController ? null : AppReport.Of(app, networks, _device.Adapters));
        foreach (var network in networks.Values)
            yield return new(Departures.Key("network", network.Key), NetworkInstanceReport.Of(network, _device.Adapters, _id));
        foreach (var tree in _device.Contents)
            yield return new(Departures.Key("content", tree.Key), ContentReport.Of(tree));
        foreach (var blob in _objects.Blobs)
            yield return new(Departures.Key("blob", blob.Key), ContentReport.Of(blob));
        var disks = _objects.AppDisks.DistinctBy(d => d.DiskPath).ToDictionary(d => d.DiskPath);
        foreach (var volume in VolumeReport.Newest(_objects.Volumes))
            yield return new(Departures.Key("volume", volume.VolumeID.ToString()), VolumeReport.Of(volume, disks.GetValueOrDefault(volume.FileLocation)));
        foreach (var data in _objects.Data)
            yield return new(Departures.Key("data", data.Key), AppReport.Of(data));
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
