using System.Globalization;
using System.Text.Json;

namespace Eve.Footprint;

/// <summary>What a device has written into its log.</summary>
sealed class DeviceLog(string file)
{
    /// <summary>When it last said something that begins and ends like this, after a moment; null if it has not.</summary>
    public DateTimeOffset? Said(string beginning, string end, DateTimeOffset after)
    {
        if (!File.Exists(file))
            return null;        // the device is only being started
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (Entry(line) is var (time, message) && time > after && message.StartsWith(beginning, StringComparison.Ordinal) && message.EndsWith(end, StringComparison.Ordinal))
                return time;
        }
        return null;
    }

    static (DateTimeOffset Time, string Message)? Entry(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var time = DateTimeOffset.Parse(document.RootElement.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
            return (time, document.RootElement.GetProperty("msg").GetString()!);
        }
        catch (JsonException)
        {
            return null;        // a line that is being written
        }
    }
}
