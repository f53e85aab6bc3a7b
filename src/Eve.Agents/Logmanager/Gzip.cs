using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Eve.Agents.Logmanager;

/// <summary>Compressed log files: with the name or comment in their head that controllers read (controller.md 5.2), and none larger than they take.</summary>
internal static class Gzip
{
    /// <summary>A file stays below this.</summary>
    public const int MostBytes = 50_000;

    const int PlainHead = 10;
    const byte HasName = 8, HasComment = 16;

    /// <summary>As many files as it takes, each of whole lines.</summary>
    public static IEnumerable<byte[]> Pack(IReadOnlyList<string> lines, string? name, string? comment, DateTimeOffset time)
    {
        if (lines.Count == 0)
            yield break;
        var whole = One(lines, name, comment, time);
        if (whole.Length < MostBytes || lines.Count == 1)
        {
            yield return whole;
            yield break;
        }
        var half = lines.Count / 2;
        foreach (var part in Pack([.. lines.Take(half)], name, comment, time).Concat(Pack([.. lines.Skip(half)], name, comment, time)))
            yield return part;
    }

    // The class library's stream knows no name and no comment: its ten bytes of head are replaced.
    static byte[] One(IEnumerable<string> lines, string? name, string? comment, DateTimeOffset time)
    {
        using var body = new MemoryStream();
        using (var zip = new GZipStream(body, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var line in lines)
                zip.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        using var file = new MemoryStream();
        file.Write([0x1f, 0x8b, 8, (byte)((name is null ? 0 : HasName) | (comment is null ? 0 : HasComment))]);
        file.Write(BitConverter.GetBytes((uint)time.ToUnixTimeSeconds()));
        file.Write([0, 0xff]);
        foreach (var text in new[] { name, comment }.OfType<string>())
            file.Write([.. Encoding.Latin1.GetBytes(Latin(text)), 0]);
        file.Write(body.GetBuffer().AsSpan(PlainHead, (int)body.Length - PlainHead));
        return file.ToArray();
    }

    // The head of a gzip file holds Latin-1 without NUL only.
    static string Latin(string text) => string.Concat(text.Select(c => c is > '\0' and <= '\xff' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));
}
