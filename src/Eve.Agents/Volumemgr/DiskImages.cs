using System.Globalization;
using Eve.Platform;
using Eve.Topics;
using Microsoft.Win32.SafeHandles;

namespace Eve.Agents.Volumemgr;

/// <summary>Volumes as files below /persist/vault/volumes and /persist/clear/volumes; qcow2 by qemu-img, raw ones by the file system itself.</summary>
internal sealed class DiskImages(EvePaths paths, ICommands commands) : IDiskImages
{
    const string QemuImg = "qemu-img";
    const int BufferSize = 1 << 20;
    const ulong Sector = 512;
    const int NoSpace = 28;         // ENOSPC
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1000);

    public (IReadOnlyList<VolumeFile> Volumes, IReadOnlyList<string> Strangers) Scan()
    {
        List<VolumeFile> volumes = [];
        List<string> strangers = [];
        foreach (var encrypted in new[] { true, false })
        {
            var folder = Names.VolumeFolder(paths, encrypted);
            foreach (var path in Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [])
            {
                if (File.Exists(path) && Names.Parse(Path.GetFileName(path)) is { } name)
                    volumes.Add(Look(name.Key, name.Format, encrypted, path));
                else
                    strangers.Add(path);
            }
        }
        return (volumes, strangers);
    }

    public async Task<VolumeOutcome> CreateAsync(VolumeOrder order, IProgress<uint> progress, CancellationToken cancellationToken)
    {
        var folder = Names.VolumeFolder(paths, order.Encrypted);
        var path = Path.Combine(folder, Names.VolumeFile(order.Key, order.Format));
        try
        {
            DurableFile.MakeFolder(Path.GetDirectoryName(folder)!);
            DurableFile.MakeFolder(folder);
            File.Delete(path);
            var size = order.Content is null ? Rounded(order.Size) : await ContentSizeAsync(order, order.Content, cancellationToken);
            if (size > order.Space)
                return new(Error: $"its content is a disk of {size} bytes. Remaining disk space: {order.Space} bytes. Remove volumes or content, or give a smaller image.");
            using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                if (order.Content is not null)
                    Copy(order.Content, file, progress, cancellationToken);
                size = await GrowAsync(order, file, path, size, cancellationToken);
                RandomAccess.FlushToDisk(file);
            }
            Libc.Sync(folder);
            return new(Look(order.Key, order.Format, order.Encrypted, path), size);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EveException)
        {
            Remains(path);
            return new(Error: Reason(exception));
        }
    }

    public Task<VolumeOutcome> DestroyAsync(string key, ImageFormat format, bool encrypted, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Names.VolumeFolder(paths, encrypted), Names.VolumeFile(key, format));
        return Task.FromResult(new VolumeOutcome(Gone: path, Error: Remains(path)));
    }

    public async Task<AppDiskMetric?> MeasureAsync(VolumeFile volume, CancellationToken cancellationToken)
    {
        try
        {
            if (volume.Format != ImageFormat.Qcow2)
                return new(volume.Path, Rounded((ulong)new FileInfo(volume.Path).Length), Libc.Allocated(volume.Path), "raw");
            var info = await InfoAsync(volume.Path, cancellationToken);
            return new(volume.Path, info.VirtualSize, info.ActualSize, info.Format, info.Dirty);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EveException)
        {
            return null;        // it went, or qemu-img is missing, which its creation says
        }
    }

    /// <exception cref="EveException">It is no image, or one that may not become a volume.</exception>
    async Task<ulong> ContentSizeAsync(VolumeOrder order, string content, CancellationToken cancellationToken)
    {
        if (order.Format != ImageFormat.Qcow2)
            return new FileInfo(content).Length is var length and > 0 ? Rounded((ulong)length) : throw new EveException("its content is empty; give an image with a size.");
        if (ImageCheck.Complaint(Header(content)) is { } complaint)
            throw new EveException(complaint);
        var info = await InfoAsync(content, cancellationToken);
        return ImageCheck.Complaint(info) is { } other ? throw new EveException(other) : info.VirtualSize;
    }

    async Task<ImageInfo> InfoAsync(string path, CancellationToken cancellationToken) => ImageCheck.Parse((await commands.RunAsync(
        QemuImg, ["info", "-U", "--output=json", "-f", "qcow2", path], timeout: Patience, cancellationToken: cancellationToken)).Check().Output);

    // Returns how large the guest sees the disk. Content that is larger than the volume may be is not cut.
    async Task<ulong> GrowAsync(VolumeOrder order, SafeFileHandle file, string path, ulong size, CancellationToken cancellationToken)
    {
        var wanted = Math.Max(size, order.Format == ImageFormat.Iso ? 0 : Rounded(order.Size));
        if (order.Format != ImageFormat.Qcow2)
            RandomAccess.SetLength(file, (long)wanted);
        else if (wanted > size)
            (await commands.RunAsync(QemuImg, ["resize", "-q", "-f", "qcow2", path, wanted.ToString(CultureInfo.InvariantCulture)], timeout: Patience, cancellationToken: cancellationToken)).Check();
        return wanted;
    }

    // Blocks of zeros are left out, so that a sparse image stays sparse.
    static void Copy(string content, SafeFileHandle to, IProgress<uint> progress, CancellationToken cancellationToken)
    {
        using var from = File.OpenHandle(content, options: FileOptions.SequentialScan);
        var total = RandomAccess.GetLength(from);
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        uint told = 0;
        RandomAccess.SetLength(to, total);
        for (long offset = 0; RandomAccess.Read(from, buffer, offset) is > 0 and var read; offset += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
                RandomAccess.Write(to, buffer.AsSpan(0, read), offset);
            if ((uint)((offset + read) * 100 / total) is var percent && percent > told)
                progress.Report(told = percent);
        }
    }

    static byte[] Header(string path)
    {
        using var file = File.OpenHandle(path);
        var header = new byte[ImageCheck.HeaderLength];
        return header[..RandomAccess.Read(file, header, 0)];
    }

    static string Reason(Exception exception) => exception is IOException { HResult: NoSpace }
        ? $"{exception.Message}. Remove volumes or content, or give the device a larger disk." : exception.Message;

    // Removes the file; what it returns tells why it is still there.
    static string? Remains(string path)
    {
        try
        {
            File.Delete(path);
            if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
                Libc.Sync(folder);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path}: {exception.Message} Mend the file system.";
        }
    }

    static VolumeFile Look(string key, ImageFormat format, bool encrypted, string path)
    {
        var file = new FileInfo(path);
        return new(key, format, encrypted, path, file.Length, new(file.CreationTimeUtc, TimeSpan.Zero));
    }

    static ulong Rounded(ulong size) => size > ulong.MaxValue - Sector ? size : (size + Sector - 1) / Sector * Sector;
}
