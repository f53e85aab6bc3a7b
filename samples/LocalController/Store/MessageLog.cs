using System.Globalization;
using System.Runtime.CompilerServices;

namespace Eve.Samples.Controller.Store;

/// <summary>Messages of one kind as they came, a file each, numbered from 1. Readable while it grows.</summary>
public sealed class MessageLog
{
    readonly string _folder;
    readonly string _extension;
    readonly Lock _lock = new();
    TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _count;

    public MessageLog(string folder, string extension)
    {
        _folder = folder;
        _extension = extension;
        if (Directory.Exists(folder))
            _count = Directory.EnumerateFiles(folder, "*" + extension).Select(NumberOf).DefaultIfEmpty().Max();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Append(ReadOnlySpan<byte> message)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            AtomicFile.Write(PathOf(_count + 1), message);
            Interlocked.Increment(ref _count);
            (grown, _grown) = (_grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        grown.SetResult();
    }

    public byte[] Read(long number) => File.ReadAllBytes(PathOf(number));

    /// <summary>All that is there now, or the last few.</summary>
    public IEnumerable<byte[]> ReadAll(long? last = null)
    {
        var end = Count;
        for (var number = last is { } few ? Math.Max(1, end - few + 1) : 1; number <= end; number++)
            yield return Read(number);
    }

    /// <summary>All after <paramref name="after"/>, and then each as it comes, until cancelled.</summary>
    public async IAsyncEnumerable<byte[]> FollowAsync(long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var number = after + 1; ; number++)
        {
            while (true)
            {
                Task grown;
                lock (_lock)
                    grown = _count >= number ? Task.CompletedTask : _grown.Task;
                if (grown.IsCompletedSuccessfully && Count >= number)
                    break;
                await grown.WaitAsync(cancellationToken);
            }
            yield return await File.ReadAllBytesAsync(PathOf(number), cancellationToken);
        }
    }

    string PathOf(long number) => Path.Combine(_folder, number.ToString("D8", CultureInfo.InvariantCulture) + _extension);

    static long NumberOf(string path) =>
        long.TryParse(Path.GetFileName(path).Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
