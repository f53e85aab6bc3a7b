using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>A volume's file.</summary>
public sealed record VolumeFile(string Key, ImageFormat Format, bool Encrypted, string Path, long Size = 0, DateTimeOffset Created = default);

/// <summary>A volume to be made.</summary>
/// <param name="Content">The file of its content; null for a blank one.</param>
/// <param name="Size">How large the guest sees it; smaller than its content: as large as its content.</param>
/// <param name="Space">More bytes than these it must not come to take.</param>
public sealed record VolumeOrder(string Key, ImageFormat Format, bool Encrypted, string? Content, ulong Size, ulong Space);

/// <summary>What became of making or destroying a volume.</summary>
/// <param name="File">The volume that was made.</param>
/// <param name="Provisioned">How large the guest sees it.</param>
/// <param name="Gone">The path that is free now.</param>
/// <param name="Error">Why it could not be done.</param>
public sealed record VolumeOutcome(VolumeFile? File = null, ulong Provisioned = 0, string? Gone = null, string? Error = null);

/// <summary>The files that volumes are. The keys it is given are well-formed.</summary>
public interface IDiskImages
{
    /// <summary>What earlier runs left, and the names of files that are no volumes.</summary>
    (IReadOnlyList<VolumeFile> Volumes, IReadOnlyList<string> Strangers) Scan();

    /// <summary>Makes a volume; a half-made one is removed first. It is safe on disk when this returns.</summary>
    Task<VolumeOutcome> CreateAsync(VolumeOrder order, IProgress<uint> progress, CancellationToken cancellationToken);

    /// <summary>Removes a volume's file, which may not be there.</summary>
    Task<VolumeOutcome> DestroyAsync(string key, ImageFormat format, bool encrypted, CancellationToken cancellationToken);

    /// <summary>How large a volume is, for the guest and on the disk; null if that cannot be told.</summary>
    Task<AppDiskMetric?> MeasureAsync(VolumeFile volume, CancellationToken cancellationToken);
}
