using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Eve.Samples.Controller.Api;

namespace Eve.Samples.Controller.Store;

/// <summary>What is known about a device for good; <c>device.json</c>.</summary>
sealed record DeviceRecord
{
    public required Guid Uuid { get; init; }

    public required string Serial { get; init; }

    public string SoftSerial { get; init; } = "";

    /// <summary>SHA-256 (hex) of the onboarding certificate it registered with.</summary>
    public required string Onboarding { get; init; }

    /// <summary>PEM, as the device sent it.</summary>
    public required string Certificate { get; init; }

    public DateTimeOffset Registered { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Told to the device with its UUID; a device without an answer names itself by its firmware.</summary>
    public string Manufacturer { get; init; } = "";

    public string Product { get; init; } = "";
}

/// <summary>A registered device: who it is, what it is told, what it said.</summary>
sealed class Device
{
    static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly Dictionary<MessageKind, MessageLog> _logs;
    readonly ConcurrentDictionary<(Guid App, MessageKind Kind), MessageLog> _appLogs = new();

    Device(string folder, DeviceRecord record, Func<string> certificatesHash)
    {
        Folder = folder;
        Record = record;
        Certificate = X509Certificate2.CreateFromPem(record.Certificate);
        CertificateHash = Convert.ToHexStringLower(Envelope.HashOf(Certificate));
        Config = new ConfigFile(folder, record.Uuid, certificatesHash);
        Attestation = new Attestation(Path.Combine(folder, "attestation.pb"));
        _logs = MessageKind.OfDevice.ToDictionary(kind => kind, kind => new MessageLog(Path.Combine(folder, kind.Name), kind.Extension));
    }

    public string Folder { get; }

    public Guid Uuid => Record.Uuid;

    public DeviceRecord Record { get; private set; }

    public X509Certificate2 Certificate { get; }

    public string CertificateHash { get; }

    public ConfigFile Config { get; }

    public Attestation Attestation { get; }

    /// <summary>When it last sent something that passed every check.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>Of the last configuration sent, or said by the device to be its own.</summary>
    public string? LastConfigHash { get; set; }

    public MessageLog Info => this[MessageKind.Info];

    public MessageLog Metrics => this[MessageKind.Metrics];

    public MessageLog this[MessageKind kind] => _logs[kind];

    public IEnumerable<Guid> Apps => Directory.Exists(AppsFolder)
        ? Directory.EnumerateDirectories(AppsFolder).Select(Path.GetFileName).Where(name => Guid.TryParse(name, out _)).Select(name => Guid.Parse(name!))
        : [];

    string AppsFolder => Path.Combine(Folder, "apps");

    public MessageLog AppLog(Guid app, MessageKind kind) =>
        _appLogs.GetOrAdd((app, kind), key => new MessageLog(Path.Combine(AppsFolder, key.App.ToString(), key.Kind.Name), key.Kind.Extension));

    public static Device Create(string folder, DeviceRecord record, Func<string> certificatesHash)
    {
        var device = new Device(folder, record, certificatesHash);
        device.Change(record);
        return device;
    }

    public static Device Load(string folder, Func<string> certificatesHash) =>
        new(folder, JsonSerializer.Deserialize<DeviceRecord>(File.ReadAllBytes(Path.Combine(folder, "device.json")), _json)!, certificatesHash);

    public void Change(DeviceRecord record)
    {
        AtomicFile.Write(Path.Combine(Folder, "device.json"), JsonSerializer.SerializeToUtf8Bytes(record, _json));
        Record = record;
    }
}
