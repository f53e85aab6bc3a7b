using System.Security.Cryptography;
using Eve.Api.Config;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Eve.Samples.Controller.Store;

/// <summary>A configuration as a device gets it. The hash covers every byte of it.</summary>
sealed record DeviceConfig(EdgeDevConfig Message, string Hash);

/// <summary>
/// The configuration of one device: <c>config.json</c> (field names as in the .proto files or in lowerCamelCase), or <c>config.pb</c>.
/// Whoever asks gets the file as it is now; while it does not parse, the last that did.
/// </summary>
sealed class ConfigFile(string folder, Guid device, Func<string> certificatesHash)
{
    readonly Lock _lock = new();
    (string Path, DateTime Time, long Size) _seen;
    DeviceConfig? _current;

    public string JsonPath => Path.Combine(folder, "config.json");

    public string BinaryPath => Path.Combine(folder, "config.pb");

    /// <summary>What is wrong with the file, if something is.</summary>
    public string? Error { get; private set; }

    public DeviceConfig? Current()
    {
        lock (_lock)
        {
            var file = new FileInfo(JsonPath) is { Exists: true } json ? json : new FileInfo(BinaryPath);
            var now = file.Exists ? (file.FullName, file.LastWriteTimeUtc, file.Length) : default;
            if (now == _seen && (_current is not null || Error is not null))
                return _current;
            _seen = now;
            try
            {
                _current = Complete(file.Exists ? Parse(File.ReadAllBytes(file.FullName), file.Extension == ".json") : new EdgeDevConfig(), now.LastWriteTimeUtc);
                Error = null;
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or IOException)
            {
                Error = $"{file.FullName}: {e.Message}";
            }
            return _current;
        }
    }

    /// <summary>Writes it if it parses; otherwise throws what is wrong and leaves the file alone.</summary>
    public void Replace(byte[] content, bool json)
    {
        Parse(content, json);
        lock (_lock)
        {
            AtomicFile.Write(json ? JsonPath : BinaryPath, content);
            File.Delete(json ? BinaryPath : JsonPath);
            _seen = default;
            _current = null;
            Error = null;
        }
    }

    static EdgeDevConfig Parse(byte[] content, bool json) =>
        json ? JsonParser.Default.Parse<EdgeDevConfig>(System.Text.Encoding.UTF8.GetString(content)) : EdgeDevConfig.Parser.ParseFrom(content);

    /// <summary>Fills in what a file written by hand may leave out: the device's own id, the time, and the hash of our certificates.</summary>
    DeviceConfig Complete(EdgeDevConfig config, DateTime written)
    {
        config.Id ??= new UUIDandVersion { Version = "1" };
        if (config.Id.Uuid.Length == 0)
            config.Id.Uuid = device.ToString();
        if (config.ConfigTimestamp is null && written != default)
            config.ConfigTimestamp = Timestamp.FromDateTime(written);
        if (config.ControllercertConfighash.Length == 0)
            config.ControllercertConfighash = certificatesHash();
        return new DeviceConfig(config, Convert.ToBase64String(SHA256.HashData(config.ToByteArray())));
    }
}
