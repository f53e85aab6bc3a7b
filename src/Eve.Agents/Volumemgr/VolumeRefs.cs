using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>What an app sees of a volume (walk-app.md 4, 12-14).</summary>
internal static class VolumeRefs
{
    /// <summary>Whether a volume is to be made, or its content only to be verified (applications.md 5.3, 1).</summary>
    public static bool Wanted(VolumeConfig? config, IReadOnlyCollection<VolumeRefConfig> refs) =>
        refs.Count > 0 ? refs.Any(r => !r.VerifyOnly) : config is { HasNoAppReferences: true };

    /// <param name="refs">All references to the volume.</param>
    /// <param name="active">The app's domain runs.</param>
    public static VolumeRefStatus Next(
        VolumeRefConfig config, VolumeStatus? volume, VolumeRefStatus? was, IReadOnlyCollection<VolumeRefConfig> refs, bool active, DateTimeOffset now)
    {
        var status = new VolumeRefStatus(
            config.VolumeID, config.GenerationCounter, config.LocalGenerationCounter, config.AppUUID, SwState.Initial, VerifyOnly: config.VerifyOnly);
        if (volume is null)
            return status;
        status = status with
        {
            State = volume.State, DisplayName = volume.DisplayName, MaxVolSize = volume.MaxVolSize, ReadOnly = volume.ReadOnly, ContentFormat = volume.ContentFormat,
            ActiveFileLocation = volume.State >= SwState.CreatedVolume ? volume.FileLocation : "",
            WWN = volume.WWN, Target = volume.Target, CustomMeta = volume.CustomMeta, ReferenceName = volume.ReferenceName,
        };
        return status.WithFault(Broken(volume) ?? Shared(config, volume, refs, active), was, now);
    }

    static Fault? Broken(VolumeStatus volume) => volume.Error.Length == 0 ? null
        : Fault.From(volume, nameof(VolumeStatus), volume.Error, ErrorEntityType.Volume, $"{volume.VolumeID}");

    // Two guests that write to one disk destroy it. The one that runs already goes on.
    static Fault? Shared(VolumeRefConfig config, VolumeStatus volume, IReadOnlyCollection<VolumeRefConfig> refs, bool active)
    {
        var others = refs.Where(r => r.AppUUID != config.AppUUID).Select(r => r.AppUUID).Order().ToList();
        return others.Count == 0 || volume.ReadOnly || active ? null : new(
            nameof(VolumeRefConfig),
            $"Multiple app instances use volume {volume.DisplayName} ({volume.VolumeID}), which is not read-only: {config.AppUUID} and {string.Join(", ", others)}. Give each its own volume, or make it read-only.",
            Entities: [new ErrorEntity(ErrorEntityType.Volume, $"{volume.VolumeID}")]);
    }
}
