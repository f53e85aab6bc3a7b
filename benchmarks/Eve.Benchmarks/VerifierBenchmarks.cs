using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Eve.Agents.Verifier;

namespace Eve.Benchmarks;

/// <summary>1 GiB that lies in the page cache, hashed as the verifier does it, one file and two at once; hashing the same bytes in memory is the limit.</summary>
[MemoryDiagnoser]
[InProcess]
[WarmupCount(1)]
[IterationCount(8)]
public class VerifierBenchmarks
{
    const int Size = 1 << 30;

    readonly string _folder = Directory.CreateTempSubdirectory("evebench").FullName;
    byte[] _memory = [];

    string Path(int number) => System.IO.Path.Combine(_folder, $"content{number}");

    [GlobalSetup]
    public async Task WriteAsync()
    {
        _memory = GC.AllocateUninitializedArray<byte>(Size);
        new Random(1).NextBytes(_memory);
        for (var number = 0; number < 2; number++)
            await File.WriteAllBytesAsync(Path(number), _memory);
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public byte[] Memory() => SHA256.HashData(_memory);

    [Benchmark]
    public Task One() => HashAsync(0);

    [Benchmark]
    public Task TwoAtOnce() => Task.WhenAll(Task.Run(() => HashAsync(0)), Task.Run(() => HashAsync(1)));

    async Task HashAsync(int number)
    {
        var (sha256, size) = await Sha256File.HashAsync(Path(number), CancellationToken.None);
        if (size != Size || sha256.Length != 64)
            throw new InvalidOperationException($"Hashed {size} bytes.");
    }
}
