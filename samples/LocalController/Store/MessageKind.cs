using System.IO.Compression;
using Eve.Api.Attest;
using Eve.Api.FlowLog;
using Eve.Api.HardwareHealth;
using Eve.Api.Info;
using Eve.Api.Logs;
using Eve.Api.Metrics;
using Google.Protobuf;

namespace Eve.Samples.Controller.Store;

/// <summary>What a device may report: how it is checked and how it is shown.</summary>
sealed record MessageKind(string Name, MessageParser? Parser, Func<IMessage, string>? SenderOf = null)
{
    public static readonly MessageKind Info = new("info", ZInfoMsg.Parser, message => ((ZInfoMsg)message).DevId);
    public static readonly MessageKind Metrics = new("metrics", ZMetricMsg.Parser, message => ((ZMetricMsg)message).DevID);
    public static readonly MessageKind HardwareHealth = new("hardwarehealth", ZHardwareHealth.Parser);
    public static readonly MessageKind FlowLog = new("flowlog", FlowMessage.Parser, message => ((FlowMessage)message).DevId);
    public static readonly MessageKind Logs = new("logs", LogBundle.Parser);
    public static readonly MessageKind AppLogs = new("logs", AppInstanceLogBundle.Parser);
    public static readonly MessageKind Attest = new("attest", ZAttestReq.Parser);

    /// <summary>Lines of JSON, gzipped.</summary>
    public static readonly MessageKind NewLogs = new("newlogs", null);

    public static readonly MessageKind[] OfDevice = [Info, Metrics, HardwareHealth, FlowLog, Logs, NewLogs, Attest];

    public static readonly MessageKind[] OfApp = [AppLogs, NewLogs];

    public string Extension => Parser is null ? ".gz" : ".pb";

    /// <summary>Null if the payload is of this kind and comes from whom it says; else what is wrong.</summary>
    public string? Check(byte[] payload, Guid device)
    {
        if (Parser is null)
            return CheckGzip(payload);
        try
        {
            var message = Parser.ParseFrom(payload);
            return SenderOf is null || Guid.TryParse(SenderOf(message), out var sender) && sender == device
                ? null
                : $"the message says it is from '{SenderOf(message)}', the envelope from {device}";
        }
        catch (InvalidProtocolBufferException e)
        {
            return $"the payload is not a {Parser.GetType().GenericTypeArguments[0].Name}: {e.Message}";
        }
    }

    /// <summary>One line of JSON for a message, or each line of a log file.</summary>
    public IEnumerable<string> ToJsonLines(byte[] payload)
    {
        if (Parser is not null)
            return [JsonFormatter.Default.Format(Parser.ParseFrom(payload))];
        using var reader = new StreamReader(new GZipStream(new MemoryStream(payload), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static string? CheckGzip(byte[] payload)
    {
        if (payload.Length == 0)
            return "no gzip data";
        try
        {
            using var gzip = new GZipStream(new MemoryStream(payload), CompressionMode.Decompress);
            gzip.CopyTo(Stream.Null);
            return null;
        }
        catch (InvalidDataException e)
        {
            return "the payload is not gzip: " + e.Message;
        }
    }
}
