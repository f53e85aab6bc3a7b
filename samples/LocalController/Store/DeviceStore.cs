using System.Security.Cryptography.X509Certificates;

namespace Eve.Samples.Controller.Store;

/// <summary>All registered devices: a folder each, named by UUID.</summary>
sealed class DeviceStore
{
    readonly string _folder;
    readonly string? _defaultConfig;
    readonly Func<string> _certificatesHash;
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    readonly Dictionary<Guid, Device> _devices = [];

    public DeviceStore(string folder, string? defaultConfig, Func<string> certificatesHash, TimeProvider time)
    {
        (_folder, _defaultConfig, _certificatesHash, _time) = (folder, defaultConfig, certificatesHash, time);
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.EnumerateDirectories(folder).Where(path => File.Exists(Path.Combine(path, "device.json"))))
        {
            var device = Device.Load(path, certificatesHash);
            _devices[device.Uuid] = device;
        }
    }

    public IReadOnlyList<Device> All
    {
        get { lock (_lock) return [.. _devices.Values.OrderBy(device => device.Record.Registered)]; }
    }

    public Device? Find(Guid uuid)
    {
        lock (_lock) return _devices.GetValueOrDefault(uuid);
    }

    public Device? FindByCertificate(ReadOnlySpan<byte> hash)
    {
        var hex = Convert.ToHexStringLower(hash);
        lock (_lock) return _devices.Values.FirstOrDefault(device => device.CertificateHash == hex);
    }

    /// <summary>By UUID, name or serial number, by the beginning of a UUID, or <c>-</c> for the only one there is.</summary>
    public Device? FindByWord(string word)
    {
        lock (_lock)
        {
            if (word == "-")
                return _devices.Count == 1 ? _devices.Values.First() : null;
            var found = _devices.Values.Where(device => device.Record.Name == word || device.Record.Serial == word
                || device.Uuid.ToString().StartsWith(word, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
            return found.Length == 1 ? found[0] : null;
        }
    }

    /// <summary>Onboarding certificate and serial number together name a device; its own certificate belongs to it alone.</summary>
    public (Device Device, Registration Outcome) Register(string certificatePem, X509Certificate2 certificate, string serial, string softSerial, string onboarding)
    {
        lock (_lock)
        {
            var same = _devices.Values.FirstOrDefault(device => device.Certificate.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));
            var twin = _devices.Values.FirstOrDefault(device => device.Record.Onboarding == onboarding && device.Record.Serial == serial);
            if ((same ?? twin) is { } known)
                return (known, same == twin ? Registration.Repeated : Registration.Conflict);

            var uuid = Guid.NewGuid();
            var folder = Path.Combine(_folder, uuid.ToString());
            if (_defaultConfig is not null)
                AtomicFile.Write(Path.Combine(folder, "config.json"), File.ReadAllBytes(_defaultConfig));
            var device = Device.Create(folder, new DeviceRecord
            {
                Uuid = uuid, Serial = serial, SoftSerial = softSerial, Onboarding = onboarding, Certificate = certificatePem, Registered = _time.GetUtcNow(),
            }, _certificatesHash);
            _devices.Add(uuid, device);
            return (device, Registration.New);
        }
    }

    public void Remove(Device device)
    {
        lock (_lock)
        {
            _devices.Remove(device.Uuid);
            Directory.Delete(device.Folder, recursive: true);
        }
    }
}

enum Registration
{
    New,
    Repeated,
    Conflict,
}
