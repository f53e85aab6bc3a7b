using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Eve.Agents.Verifier;

/// <summary>
/// SHA-256 of a file at nearly the speed of memory: one reader fills buffers while the hash runs over the one before.
/// Where several files are hashed at once, the cores are busy anyway and each is read and hashed in turn (figures.md 4).
/// </summary>
internal sealed class Sha256File
{
    const int Buffers = 4;
    const int BufferSize = 1 << 20;
    static int _running;

    public static async Task<(string Sha256, long Size)> HashAsync(string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var alone = Interlocked.Increment(ref _running) < Environment.ProcessorCount;
        try
        {
            var size = alone ? await PipelinedAsync(file, hash, cancellationToken) : Plain(file, hash, cancellationToken);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    static long Plain(SafeFileHandle file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize / Buffers);
        long offset = 0;
        for (int read; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }
        return offset;
    }

    static async Task<long> PipelinedAsync(SafeFileHandle file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var free = Channel.CreateBounded<byte[]>(Buffers);
        var full = Channel.CreateBounded<(byte[] Buffer, int Length)>(Buffers);
        for (var i = 0; i < Buffers; i++)
            free.Writer.TryWrite(GC.AllocateUninitializedArray<byte>(BufferSize));

        var reading = ReadAsync(file, free.Reader, full.Writer, cancellationToken);
        long size = 0;
        await foreach (var (buffer, length) in full.Reader.ReadAllAsync(cancellationToken))
        {
            hash.AppendData(buffer, 0, length);
            size += length;
            free.Writer.TryWrite(buffer);
        }
        await reading;
        return size;
    }

    static async Task ReadAsync(
        SafeFileHandle file, ChannelReader<byte[]> free, ChannelWriter<(byte[], int)> full, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            for (long offset = 0; ;)
            {
                var buffer = await free.ReadAsync(cancellationToken);
                var read = RandomAccess.Read(file, buffer, offset);
                if (read == 0)
                    break;
                offset += read;
                await full.WriteAsync((buffer, read), cancellationToken);
            }
            full.Complete();
        }
        catch (Exception exception)
        {
            full.Complete(exception);
        }
    }
}
