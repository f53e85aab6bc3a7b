using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;
using static Eve.Tests.WholeDevice.BadInput;

namespace Eve.Tests.WholeDevice;

/// <summary>Content that cannot be had, images that are none, a disk that is full.</summary>
[Category("system")]
[NonParallelizable]
public class BadInputContentTests
{
    const int Size = 64 * 1024;
    const long Tebibyte = 1L << 40;

    const int WrongHash = 11, Absent = 12, Cut = 13, Longer = 14, Shorter = 15, NoImage = 16, Backed = 17, Scattered = 18, Huge = 19, Full = 20, Orphan = 21;
    static readonly int[] All = [WrongHash, Absent, Cut, Longer, Shorter, NoImage, Backed, Scattered, Huge, Full, Orphan];

    [Test]
    [CancelAfter(400_000)]
    public async Task Bad_content_is_told_and_harms_nothing_else_and_the_mended_configuration_works()
    {
        await using var lab = await DeviceLab.StartAsync();
        await lab.SmallDiskAsync(Path.Combine(lab.Root, "persist", "vault", "volumes"), mebibytes: 24);
        var good = await lab.StartAsync();

        var bytes = new byte[Size];
        new Random(1).NextBytes(bytes);
        var large = new byte[16 << 20];
        new Random(2).NextBytes(large);
        var right = lab.Serve("right.raw", bytes);
        foreach (var name in new[] { "cut.raw", "longer.raw", "shorter.raw" })
            lab.Serve(name, bytes);
        await lab.FaultAsync(new() { ["path"] = "/cut.raw", ["cutAfter"] = 1000 });
        await lab.FaultAsync(new() { ["path"] = "/longer.raw", ["longerBy"] = 1000 });
        await lab.FaultAsync(new() { ["path"] = "/shorter.raw", ["longerBy"] = -1000 });
        var (noImage, backed, scattered, full) = (
            lab.Serve("text.qcow2", Encoding.UTF8.GetBytes("this is a text, and no disk")), lab.Serve("backed.qcow2", Qcow2(backing: true)),
            lab.Serve("scattered.qcow2", Qcow2(dataFile: true)), lab.Serve("full.raw", large));
        var wrong = new string('0', 64);

        await lab.ConfigureAsync(DeviceLab.WithApp()
            .WithContent(WrongHash, "wrong", "right.raw", wrong, Size)
            .WithContent(Absent, "absent", "absent.raw", right[..63] + "a", Size)
            .WithContent(Cut, "cut", "cut.raw", right[..63] + "b", Size)
            .WithContent(Longer, "longer", "longer.raw", right[..63] + "c", Size)
            .WithContent(Shorter, "shorter", "shorter.raw", right[..63] + "d", Size)
            .WithContent(NoImage, "text", "text.qcow2", noImage, Size, "QCOW2")
            .WithContent(Backed, "backed", "backed.qcow2", backed, 4 * Size, "QCOW2")
            .WithContent(Scattered, "scattered", "scattered.qcow2", scattered, 4 * Size, "QCOW2")
            .WithContent(Full, "full", "full.raw", full, large.Length)
            .With("volumes", Blank(4096 * Tebibyte), DeviceConfig.VolumeOf(Id('b', Orphan), "volume orphan", Id('c', Orphan))));

        await lab.UntilToldAsync(
            Content(WrongHash, "right.raw", wrong, right, "Put the right content into the datastore, or its digest into the configuration"),
            Content(Absent, "absent.raw", "404", "check the datastore's path"),
            Content(Cut, "cut.raw", "cut", $"of {Size} bytes", "Will retry"),
            Content(Longer, "longer.raw", $"{Size + 1000} bytes", $"{Size}", "mend its size there, or the content"),
            Content(Shorter, "shorter.raw", right[..63] + "d", "Put the right content"),
            Volume(NoImage, "text", "no qcow2 image", "give the content's true format"),
            Volume(Backed, "backed", "a backing file", "qemu-img convert"),
            Volume(Scattered, "scattered", "a data file", "qemu-img convert"),
            Volume(Huge, "huge", (4096 * Tebibyte).ToString(CultureInfo.InvariantCulture), "Remaining disk space", "Remove volumes or content"),
            Volume(Full, "full", "No space left", "Remove volumes or content"),
            Volume(Orphan, "orphan", Id('c', Orphan), "not in the configuration; add it"),
            // What content lacks is told of its volume too.
            Volume(WrongHash, "volume wrong", "content wrong", wrong, right));
        await lab.AssertUnmovedAsync(good);

        await lab.Admin.DeleteAsync("faults", CancellationToken.None);
        await lab.SmallDiskAsync(Path.Combine(lab.Root, "persist", "vault", "volumes"), mebibytes: 200);
        var image = Qcow2();
        // Each blob is another one: content with one digest is one blob.
        byte[] Other(int number) => [.. bytes[..^1], (byte)number];
        await lab.ConfigureAsync(DeviceLab.WithApp()
            .WithContent(WrongHash, "wrong", "right.raw", right, Size)
            .WithContent(Absent, "absent", "absent.raw", lab.Serve("absent.raw", Other(1)), Size)
            .WithContent(Cut, "cut", "cut.raw", lab.Serve("cut.raw", Other(2)), Size)
            .WithContent(Longer, "longer", "longer.raw", lab.Serve("longer.raw", Other(3)), Size)
            .WithContent(Shorter, "shorter", "shorter.raw", lab.Serve("shorter.raw", Other(4)), Size)
            .WithContent(NoImage, "text", "text.qcow2", lab.Serve("text.qcow2", image), image.Length, "QCOW2")
            .WithContent(Backed, "backed", "backed.qcow2", lab.Serve("backed.qcow2", image), image.Length, "QCOW2")
            .WithContent(Scattered, "scattered", "scattered.qcow2", lab.Serve("scattered.qcow2", image), image.Length, "QCOW2")
            .WithContent(Full, "full", "full.raw", full, large.Length)
            .WithContent(Orphan, "orphan", "right.raw", right, Size)
            .With("volumes", Blank(1 << 20)));
        await lab.UntilMendedAsync("vinfo", All.Select(n => Id('b', n)), volume => State(volume) == "CREATED_VOLUME");
        Assert.That(Directory.GetFiles(Path.Combine(lab.Root, "persist", "vault", "volumes")), Has.Length.EqualTo(All.Length + 1));
        await lab.AssertUnmovedAsync(good);
    }

    static Complaint Content(int number, params string[] words) => new("cinfo", Id('c', number), words);

    static Complaint Volume(int number, params string[] words) => new("vinfo", Id('b', number), words);

    static JsonObject Blank(long size) => new()
    {
        ["uuid"] = Id('b', Huge), ["displayName"] = "volume huge", ["origin"] = new JsonObject { ["type"] = "VCOT_BLANK" },
        ["maxsizebytes"] = size.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>An empty qcow2 image of 1 MiB; its header may name another file.</summary>
    static byte[] Qcow2(bool backing = false, bool dataFile = false)
    {
        const int Cluster = 1 << 16;
        var image = new byte[4 * Cluster];
        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(at), value);
        void Long(int at, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(image.AsSpan(at), value);
        Word(0, 0x514649fb);
        Word(4, 3);
        if (backing)
        {
            var name = "/etc/passwd"u8;
            Long(8, 512);
            Word(16, (uint)name.Length);
            name.CopyTo(image.AsSpan(512));
        }
        Word(20, 16);                       // bits of a cluster
        Long(24, 1 << 20);                  // the disk's size
        Word(36, 1);                        // one entry of L1,
        Long(40, 3 * Cluster);              // which is there
        Long(48, Cluster);                  // the table of reference counts
        Word(56, 1);
        Long(72, dataFile ? 4u : 0u);
        Word(96, 4);                        // reference counts of 16 bits
        Word(100, 104);
        Long(Cluster, 2 * Cluster);
        for (var cluster = 0; cluster < 4; cluster++)
            BinaryPrimitives.WriteUInt16BigEndian(image.AsSpan(2 * Cluster + 2 * cluster), 1);
        return image;
    }
}
