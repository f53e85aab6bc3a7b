namespace Eve.Samples.Controller.Faults;

/// <summary>A response body that counts what it lets through, and may be slow or end before its time.</summary>
sealed class MeasuredBody(Stream inner, Fault? fault, TimeProvider time) : Stream
{
    const int TicksPerSecond = 20;

    // What was sent before a cut has to reach the other side before the reset does.
    static readonly TimeSpan _beforeCut = TimeSpan.FromMilliseconds(100);

    readonly long _began = time.GetTimestamp();

    public long Sent { get; private set; }

    public bool WasCut { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var step = buffer.Length;
            if (fault?.CutAfter is { } end)
                step = (int)Math.Min(step, end - Sent);
            if (fault?.Rate is { } rate)
                step = (int)Math.Min(step, Math.Max(1, rate / TicksPerSecond));
            if (step <= 0)
                await CutAsync(cancellationToken);
            await inner.WriteAsync(buffer[..step], cancellationToken);
            Sent += step;
            buffer = buffer[step..];
            if (fault?.Rate is { } allowed)
                await SlowAsync(allowed, cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("responses are written asynchronously");

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // However large the pieces are in which the body is written.
    async Task SlowAsync(long rate, CancellationToken cancellationToken)
    {
        var ahead = TimeSpan.FromSeconds((double)Sent / rate) - time.GetElapsedTime(_began);
        if (ahead <= TimeSpan.Zero)
            return;
        await inner.FlushAsync(cancellationToken);
        await Task.Delay(ahead, time, cancellationToken);
    }

    async Task CutAsync(CancellationToken cancellationToken)
    {
        await inner.FlushAsync(cancellationToken);
        await Task.Delay(_beforeCut, time, cancellationToken);
        WasCut = true;
        throw new IOException("cut on purpose");
    }
}
