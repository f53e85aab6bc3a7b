using System.Text;

namespace Eve.Platform;

/// <summary>Cuts a stream of UTF-8 into lines of bounded length.</summary>
internal static class LineReader
{
    public const int LongestLine = 64 * 1024;

    /// <summary>Hands each line on until the stream ends; what is beyond <see cref="LongestLine"/> in a line is left out.</summary>
    public static async Task ReadAsync(Stream stream, Action<string> found, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 4096, leaveOpen: true);
        var buffer = new char[4096];
        var line = new StringBuilder();
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            foreach (var c in buffer.AsSpan(0, count))
            {
                if (c == '\n')
                    Hand(line, found);
                else if (line.Length < LongestLine)
                    line.Append(c);
            }
        }

        if (line.Length > 0)
            Hand(line, found);
    }

    static void Hand(StringBuilder line, Action<string> found)
    {
        if (line.Length > 0 && line[^1] == '\r')
            line.Length--;
        found(line.ToString());
        line.Clear();
    }
}
