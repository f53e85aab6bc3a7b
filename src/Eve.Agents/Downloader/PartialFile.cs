using System.Text.Json;
using System.Text.Json.Serialization;
using Eve.Platform;

namespace Eve.Agents.Downloader;

/// <summary>What lies beside a file that is not whole yet.</summary>
/// <param name="Url">Where its bytes are from.</param>
/// <param name="Validator">What the datastore called the object; null: it cannot be resumed.</param>
/// <param name="Total">Its whole size; 0: not known.</param>
/// <param name="Safe">So many bytes are on the disk for sure.</param>
/// <param name="Boot">In the same boot all bytes written are there; after another one, only the safe ones.</param>
internal sealed record PartialState(string Url, string? Validator, long Total, long Safe, string Boot);

[JsonSerializable(typeof(PartialState))]
internal sealed partial class PartialJson : JsonSerializerContext;

/// <summary>A file that grows by its end, with its state beside it (TARGET.progress) until it is whole. A file without that is whole.</summary>
internal sealed class PartialFile(string target) : IDisposable
{
    const string Suffix = ".progress";
    const long SafeEvery = 64 << 20;

    FileStream? _file;
    PartialState? _state = Read(target);

    public long Length => _file?.Length ?? (_state is not null && File.Exists(target) ? new FileInfo(target).Length : 0);
    public long Total => _state?.Total ?? 0;

    public static string TargetOf(string file) => file.EndsWith(Suffix, StringComparison.Ordinal) ? file[..^Suffix.Length] : file;

    public static long? FinishedSize(string target) => File.Exists(target) && !File.Exists(target + Suffix) ? new FileInfo(target).Length : null;

    // The state goes last: a file without one counts as whole.
    public static void Delete(string target)
    {
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            return;
        File.Delete(target);
        File.Delete(target + Suffix);
    }

    /// <summary>Makes ready to go on; the validator that the datastore must confirm, or null: begin anew.</summary>
    public string? Resume(Uri url)
    {
        if (_state is not { Validator: { } validator } state || state.Url != url.AbsoluteUri || !File.Exists(target))
            return null;
        _file ??= Open();
        if (state.Boot != BootId() && _file.Length > state.Safe)
            _file.SetLength(state.Safe);
        _file.Seek(0, SeekOrigin.End);
        return _file.Length > 0 ? validator : null;
    }

    /// <summary>A new object: its state is on the disk before its first byte, so that no part is ever taken for the whole.</summary>
    public void Begin(Uri url, string? validator, long total)
    {
        DurableFile.MakeFolder(Path.GetDirectoryName(target)!);
        Save(new(url.AbsoluteUri, validator, total, 0, BootId()));
        _file ??= Open();
        _file.SetLength(0);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file!.Write(bytes);
        if (_file.Length - _state!.Safe < SafeEvery)
            return;
        _file.Flush(flushToDisk: true);
        Save(_state with { Safe = _file.Length });
    }

    /// <summary>What is there is of no use: the next try begins anew.</summary>
    public void Drop()
    {
        Dispose();
        Delete(target);
        _state = null;
    }

    /// <summary>All bytes are there: makes them safe, then drops the state.</summary>
    public long Finish()
    {
        _file?.Flush(flushToDisk: true);
        var size = Length;
        Dispose();
        File.Delete(target + Suffix);
        Libc.Sync(Path.GetDirectoryName(target)!);
        _state = null;
        return size;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    FileStream Open() => new(target, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);

    void Save(PartialState state)
    {
        _state = state;
        DurableFile.Write(target + Suffix, JsonSerializer.SerializeToUtf8Bytes(state, PartialJson.Default.PartialState));
    }

    static PartialState? Read(string target)
    {
        try
        {
            return File.Exists(target + Suffix) ? JsonSerializer.Deserialize(File.ReadAllBytes(target + Suffix), PartialJson.Default.PartialState) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;    // an unreadable state: the download begins anew
        }
    }

    static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
