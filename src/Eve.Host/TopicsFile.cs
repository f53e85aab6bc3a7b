using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Eve.Host;

/// <summary>
/// At a SIGUSR1, writes to run/topics.json what is on the bus: each topic with its keys, and whether its publisher has said that they are all.
/// Which agent waits for what is seen there at a glance; values are left out, since they may be secret.
/// </summary>
internal sealed partial class TopicsFile : IDisposable
{
    const PosixSignal Sigusr1 = (PosixSignal)10;

    readonly MemoryBus _bus;
    readonly string _path;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly Lock _gate = new();
    readonly PosixSignalRegistration _asked;

    public TopicsFile(MemoryBus bus, EvePaths paths, TimeProvider time, ILogger log)
    {
        (_bus, _path, _time, _log) = (bus, Path.Combine(paths.Run, "topics.json"), time, log);
        _asked = PosixSignalRegistration.Create(Sigusr1, signal =>
        {
            signal.Cancel = true;
            Write();
        });
    }

    void Write()
    {
        try
        {
            // Two signals may be handled at once; whoever reads the file finds it whole.
            lock (_gate)
            {
                File.WriteAllBytes(_path + ".tmp", Json());
                File.Move(_path + ".tmp", _path, overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(_log, exception.Message);
        }
    }

    byte[] Json()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("time", _time.GetUtcNow());
            writer.WriteStartArray("topics");
            foreach (var topic in _bus.Topics())
                Write(writer, topic);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    static void Write(Utf8JsonWriter writer, TopicState topic)
    {
        writer.WriteStartObject();
        writer.WriteString("topic", topic.Topic);
        writer.WriteBoolean("published", topic.Published);
        writer.WriteBoolean("complete", topic.Complete);
        writer.WriteNumber("readers", topic.Readers);
        writer.WriteStartArray("keys");
        foreach (var key in topic.Keys)
            writer.WriteStringValue(key);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public void Dispose() => _asked.Dispose();

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "the topics cannot be written down: {Reason}")]
        public static partial void NotWritten(ILogger log, string reason);
    }
}
