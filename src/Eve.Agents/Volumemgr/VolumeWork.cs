using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Volumemgr;

/// <summary>The part of volumemgr's turn that makes and destroys volumes and tells the apps.</summary>
internal sealed partial class VolumeWork
{
    readonly AgentContext _agent;
    readonly IDiskImages _images;
    readonly Publication<VolumeStatus> _volumes;
    readonly Publication<VolumeRefStatus> _refs;
    readonly Publication<VolumeCreatePending> _pending;
    readonly Subscription<VolumeConfig> _wanted;
    readonly Subscription<VolumeRefConfig> _wantedRefs;
    readonly Subscription<DomainStatus> _domains;
    readonly Jobs<VolumeOutcome, uint> _jobs;
    readonly Dictionary<string, VolumeFile> _files = [];
    readonly Dictionary<string, string> _reading = [];
    readonly Dictionary<string, Retry> _failed = [];

    public VolumeWork(AgentContext agent, IDiskImages images)
    {
        (_agent, _images) = (agent, images);
        _volumes = agent.Publish(VolumemgrTopics.VolumeStatus);
        _refs = agent.Publish(VolumemgrTopics.VolumeRefStatus);
        _pending = agent.Publish(VolumemgrTopics.VolumeCreatePending);
        _wanted = agent.Subscribe(ZedagentTopics.VolumeConfig);
        _wantedRefs = agent.Subscribe(ZedmanagerTopics.VolumeRefConfig);
        _domains = agent.Subscribe(DomainmgrTopics.DomainStatus);
        _jobs = agent.Jobs<VolumeOutcome, uint>();
    }

    /// <summary>Volumes came or went in this turn.</summary>
    public bool Moved { get; private set; }

    /// <summary>What volumes take of the disk, or may come to take.</summary>
    public ulong Reserved => _volumes.Aggregate(0UL, (sum, volume) => sum + Space.Of(volume, _wanted[volume.Key]));

    /// <summary>The volumes that are there, whole.</summary>
    public IReadOnlyList<VolumeFile> Files => [.. _files.Values];

    /// <summary>The content that volumes are being made of.</summary>
    public IReadOnlySet<string> Reading => _reading.Where(r => _jobs.Running(r.Key)).Select(r => r.Value).ToHashSet();

    bool MayDestroy => _wanted.Ready && _wantedRefs.Ready && _domains.Ready;

    /// <summary>Removes what a kill left half-made, and sees what is there: the status topics are complete from this alone (walk-app.md 43).</summary>
    public async Task ScanAsync(CancellationToken cancellationToken)
    {
        foreach (var half in _pending.ToList())
        {
            var outcome = await _images.DestroyAsync(half.Key, half.ContentFormat, half.Encrypted, cancellationToken);
            Log.HalfMade(_agent.Log, half.Key, outcome.Error ?? "removed");
            if (outcome.Error is null)
                _pending.Remove(half.Key);
        }
        var (volumes, strangers) = _images.Scan();
        foreach (var volume in volumes.Where(v => _pending[v.Key] is null))
            _files[volume.Path] = volume;
        foreach (var stranger in strangers)
            Log.Stranger(_agent.Log, stranger);
        _pending.SignalRestarted();
        _volumes.SignalRestarted();
        _refs.SignalRestarted();
    }

    /// <param name="collect">Files that no volume claims may go.</param>
    public async Task TurnAsync(bool collect, ulong? remaining, ContentWork content, DiskWork disk, CancellationToken cancellationToken)
    {
        Moved = false;
        Dictionary<string, VolumeOutcome> outcomes = [];
        foreach (var (key, outcome) in _jobs.Finished)
            outcomes[key] = await FinishAsync(key, outcome, cancellationToken);
        var copied = _jobs.Progress.ToDictionary(p => p.Key, p => p.Progress);
        var refs = _wantedRefs.ToLookup(VolumeKey);

        foreach (var key in _wanted.Keys.Concat(_volumes.Keys).Distinct().ToList())
        {
            var (config, was) = (_wanted[key], _volumes[key]);
            var facts = Facts(key, config, was, [.. refs[key]], content, disk) with
            {
                Outcome = outcomes.GetValueOrDefault(key), Copied = copied.TryGetValue(key, out var percent) ? percent : null, Remaining = remaining,
            };
            var (status, step) = Volumes.Next(config, was, facts);
            if (status is null)
                _volumes.Remove(key);
            else
                Take(step, status, remaining, content, cancellationToken);
            var more = status is { State: SwState.CreatingVolume } && was is not { State: >= SwState.CreatingVolume } ? Space.Of(status, config) : 0;
            remaining = remaining is { } left ? left - Math.Min(left, more) : null;
        }
        if (collect && MayDestroy)
            Collect(refs);
        Tell(refs);
    }

    VolumeFacts Facts(string key, VolumeConfig? config, VolumeStatus? was, VolumeRefConfig[] refs, ContentWork content, DiskWork disk)
    {
        var tree = config?.ContentID ?? was?.ContentID ?? Guid.Empty;
        var file = _files.Values.FirstOrDefault(f => f.Key == key && (config is null || f.Encrypted == config.Encrypted));
        return new(
            _agent.Now, (uint)refs.Length + (config is null ? 0u : 1u), VolumeRefs.Wanted(config, refs), content.Tree(tree), file,
            Running: _jobs.Running(key), MayStart: MayStart(key), MayDestroy: MayDestroy && !Open(was?.FileLocation),
            Provisioned: file is null ? 0 : disk.Provisioned(file.Path));
    }

    void Take(VolumeStep step, VolumeStatus status, ulong? remaining, ContentWork content, CancellationToken cancellationToken)
    {
        _volumes.Publish(status);
        if (step == VolumeStep.Create)
            Create(status, remaining, content, cancellationToken);
        else if (step == VolumeStep.Destroy)
            _jobs.Start(status.Key, (_, stop) => _images.DestroyAsync(status.Key, status.ContentFormat, status.Encrypted, stop));
    }

    // The record that creation has begun is safe on disk before it begins.
    void Create(VolumeStatus status, ulong? remaining, ContentWork content, CancellationToken cancellationToken)
    {
        var blank = status.VolumeContentOriginType == VolumeContentOriginType.Blank;
        var sha256 = blank ? null : content.Tree(status.ContentID)?.ContentSha256;
        var order = new VolumeOrder(status.Key, status.ContentFormat, status.Encrypted, sha256 is null ? null : content.PathOf(sha256), status.MaxVolSize,
            _agent.Config.Get(ConfigItems.StorageAppsIgnoreDiskCheck) ? ulong.MaxValue : Math.Max(remaining ?? 0, status.MaxVolSize));
        if (sha256 is not null)
            _reading[status.Key] = sha256;
        var safe = _pending.PublishAsync(
            new(status.VolumeID, status.GenerationCounter, status.LocalGenerationCounter, status.ContentFormat, status.Encrypted), cancellationToken);
        _jobs.Start(status.Key, async (progress, stop) => await FailureAsync(safe) ?? await _images.CreateAsync(order, progress, stop));
    }

    // The record goes before anybody may use the volume: a boot that still found it would destroy what a guest has written.
    async Task<VolumeOutcome> FinishAsync(string key, VolumeOutcome outcome, CancellationToken cancellationToken)
    {
        Moved = true;
        _reading.Remove(key);
        if (outcome.Error is null)
            outcome = await FailureAsync(_pending.RemoveAsync(key, cancellationToken)) ?? outcome;
        if (outcome.Error is { } error)
        {
            _failed[key] = Retry.After(_failed.GetValueOrDefault(key), _agent.Elapsed);
            Log.Failed(_agent.Log, key, error);
            MayStart(key);
            return outcome;
        }
        _failed.Remove(key);
        if (outcome.File is { } file)
            _files[file.Path] = file;
        if (outcome.Gone is { } path)
            _files.Remove(path);
        return outcome;
    }

    static async Task<VolumeOutcome?> FailureAsync(Task safe)
    {
        try
        {
            await safe;
            return null;
        }
        catch (EveException exception)
        {
            return new(Error: exception.Message);
        }
    }

    bool MayStart(string key)
    {
        if (!_failed.TryGetValue(key, out var retry) || retry.At <= _agent.Elapsed)
            return true;
        _agent.WakeAt(retry.At);
        return false;
    }

    void Collect(ILookup<string, VolumeRefConfig> refs)
    {
        bool Claimed(VolumeFile file) => _volumes[file.Key] is not null || _wanted[file.Key] is not null || refs.Contains(file.Key) || Open(file.Path);
        foreach (var file in _files.Values.Where(f => !Claimed(f) && !_jobs.Running(f.Key) && MayStart(f.Key)))
        {
            Log.Orphan(_agent.Log, file.Path);
            _jobs.Start(file.Key, (_, stop) => _images.DestroyAsync(file.Key, file.Format, file.Encrypted, stop));
        }
    }

    bool Open(string? path) => !string.IsNullOrEmpty(path) && _domains.Any(d => d.DiskStatusList.Any(disk => disk.FileLocation == path));

    void Tell(ILookup<string, VolumeRefConfig> refs)
    {
        var active = _domains.Where(d => d.Activated).Select(d => d.UUIDandVersion.UUID).ToHashSet();
        foreach (var config in _wantedRefs)
        {
            var key = VolumeKey(config);
            _refs.Publish(VolumeRefs.Next(config, _volumes[key], _refs[config.Key], [.. refs[key]], active.Contains(config.AppUUID), _agent.Now));
        }
        if (_wantedRefs.Ready)
            _refs.Replace(_refs.Where(r => _wantedRefs[r.Key] is not null).ToList());
    }

    static string VolumeKey(VolumeRefConfig config) => $"{config.VolumeID}#{config.GenerationCounter + config.LocalGenerationCounter}";

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Volume {Key} was half-made when the device stopped: {Outcome}")]
        public static partial void HalfMade(ILogger log, string key, string outcome);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is no volume; it is left alone")]
        public static partial void Stranger(ILogger log, string path);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Path} belongs to no volume of the configuration; it is removed")]
        public static partial void Orphan(ILogger log, string path);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Volume {Key}: {Error}")]
        public static partial void Failed(ILogger log, string key, string error);
    }
}
