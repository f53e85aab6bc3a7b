namespace Eve.Topics;

public sealed record ZFSVDevMetrics(
    ulong Alloc = 0,
    ulong Space = 0,
    ulong DSpace = 0,
    ulong RSize = 0,
    ulong ESize = 0,
    ulong ReadErrors = 0,
    ulong WriteErrors = 0,
    ulong ChecksumErrors = 0,
    ValueList<ulong> Ops = default,
    ValueList<ulong> Bytes = default,
    ulong IOsInProgress = 0,
    ulong ReadTicks = 0,
    ulong WriteTicks = 0,
    ulong IOsTotalTicks = 0,
    ulong WeightedIOTicks = 0)
{
    public ValueList<ulong> Ops { get; init; } = Ops.Count == 0 ? [0, 0, 0, 0, 0, 0] : Ops;   // by kind of I/O: null, read, write, free, claim, ioctl
    public ValueList<ulong> Bytes { get; init; } = Bytes.Count == 0 ? [0, 0, 0, 0, 0, 0] : Bytes;   // by kind of I/O: null, read, write, free, claim, ioctl
}
