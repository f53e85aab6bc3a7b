using System.Text;
using Eve.Platform;

namespace Eve.Agents.Logmanager;

/// <summary>/persist/newlog, as EVE lays it out.</summary>
internal sealed class LogFiles(EvePaths paths, TimeProvider time) : ILogFiles
{
    // What goes first when there is too much (controller.md 5.2).
    static readonly string[] Expendable = [LogStream.KeepSent, LogStream.FailedUpload, LogStream.AppUpload, LogStream.DeviceUpload];
    const string Current = "current.device.log";
    const int MostLaidAside = 1000;
    const int SyncEvery = 30;

    readonly Dictionary<LogStream, (FileStream File, int Unsafe)> _open = [];
    long _lastTime;

    public (string Partition, string Version) Image => (Text("eve.id", "IMGA"), Text("eve-release", ""));

    public void Begin()
    {
        foreach (var (_, (file, _)) in _open)
            file.Dispose();
        _open.Clear();
        foreach (var folder in Expendable.Prepend(LogStream.CollectFolder))
        {
            DurableFile.MakeFolder(In(folder));
            MachineFiles.Instance.Sweep(In(folder));
        }
        _lastTime = Expendable.SelectMany(Packed).Select(f => LogStream.TimeOf(Path.GetFileName(f)) ?? 0).DefaultIfEmpty().Max();
        foreach (var file in Directory.GetFiles(In(LogStream.CollectFolder)))
        {
            if (new FileInfo(file).LinkTarget is null && LogStream.Parse(Path.GetFileName(file)) is { } stream)
                Compress(stream, file);
            File.Delete(file);
        }
    }

    public long Write(LogStream stream, string header, IEnumerable<string> lines)
    {
        var (file, unsafely) = _open.TryGetValue(stream, out var open) ? open : (Open(stream, header), 0);
        foreach (var line in lines)
        {
            file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            unsafely++;
        }
        file.Flush(flushToDisk: unsafely >= SyncEvery);
        _open[stream] = (file, unsafely >= SyncEvery ? 0 : unsafely);
        return file.Length;
    }

    public long Close(LogStream stream)
    {
        if (!_open.Remove(stream, out var open))
            return 0;
        open.File.Dispose();
        var bytes = Compress(stream, open.File.Name);
        File.Delete(open.File.Name);
        return bytes;
    }

    public int Trim(ConfigView config)
    {
        var files = Expendable.SelectMany(Packed).Select(f => (f, new FileInfo(f).Length)).ToList();
        var gone = LogPacing.Excess(files, LogPacing.Quota(config, new DriveInfo(paths.Newlog).TotalSize));
        foreach (var file in gone)
            File.Delete(file);
        return gone.Count;
    }

    public int Waiting(string folder) => Packed(folder).Count();

    public WaitingLog? Oldest(string folder) =>
        Packed(folder).FirstOrDefault() is { } file ? new(file, LogStream.AppOf(Path.GetFileName(file))) : null;

    public byte[] Read(WaitingLog log) => File.ReadAllBytes(log.Path);

    public void Sent(WaitingLog log)
    {
        if (log.App is null)
            File.Delete(log.Path);
        else if (File.Exists(log.Path))
            File.Move(log.Path, Path.Combine(In(LogStream.KeepSent), Path.GetFileName(log.Path)), overwrite: true);
    }

    public void LayAside(WaitingLog log)
    {
        if (!File.Exists(log.Path))
            return;
        foreach (var old in Packed(LogStream.FailedUpload).SkipLast(MostLaidAside - 1).ToList())
            File.Delete(old);
        File.Move(log.Path, Path.Combine(In(LogStream.FailedUpload), Path.GetFileName(log.Path)), overwrite: true);
    }

    FileStream Open(LogStream stream, string header)
    {
        DurableFile.MakeFolder(In(LogStream.CollectFolder));
        var file = new FileStream(Path.Combine(In(LogStream.CollectFolder), stream.Collect + Guid.NewGuid().ToString("N")), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(header + "\n"));
        if (stream == LogStream.Keep)
            PointTo(file.Name);
        return file;
    }

    // For people on the device: tail -F of one name.
    void PointTo(string file)
    {
        var link = Path.Combine(In(LogStream.CollectFolder), Current);
        File.Delete(link);
        File.CreateSymbolicLink(link, Path.GetFileName(file));
    }

    long Compress(LogStream stream, string file)
    {
        var lines = File.ReadAllLines(file);
        if (lines.Length < 2)
            return 0;
        var ofApp = stream != LogStream.Upload && stream != LogStream.Keep;
        long bytes = 0;
        foreach (var packed in Gzip.Pack(lines[1..], ofApp ? lines[0] : null, ofApp ? null : lines[0], time.GetUtcNow()))
        {
            _lastTime = Math.Max(_lastTime + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
            DurableFile.Write(Path.Combine(In(stream.Folder), $"{stream.Packed}{_lastTime}.gz"), packed);
            bytes += packed.Length;
        }
        return bytes;
    }

    // By the time in their names, the oldest first.
    IEnumerable<string> Packed(string folder) => !Directory.Exists(In(folder)) ? [] :
        Directory.GetFiles(In(folder), "*.gz").Where(f => LogStream.TimeOf(Path.GetFileName(f)) is not null).OrderBy(f => LogStream.TimeOf(Path.GetFileName(f)));

    string Text(string name, string otherwise)
    {
        var file = Path.Combine(paths.Run, name);
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : otherwise;
    }

    string In(string folder) => Path.Combine(paths.Newlog, folder);
}
