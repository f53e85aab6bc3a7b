using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Eve.Samples.Controller.Api;

namespace Eve.Samples.Controller.Store;

/// <summary>An onboarding certificate and the serial numbers that may register with it; <c>*</c> stands for any.</summary>
sealed record OnboardingEntry(string Id, string Certificate, IReadOnlyList<string> Serials);

/// <summary>Who may register; <c>onboarding.json</c>.</summary>
sealed class OnboardingList
{
    static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly string _path;
    readonly Lock _lock = new();
    readonly Dictionary<string, OnboardingEntry> _entries = [];

    public OnboardingList(string path)
    {
        _path = path;
        if (File.Exists(path))
            _entries = JsonSerializer.Deserialize<OnboardingEntry[]>(File.ReadAllBytes(path), _json)!.ToDictionary(entry => entry.Id);
    }

    public IReadOnlyList<OnboardingEntry> All
    {
        get { lock (_lock) return [.. _entries.Values]; }
    }

    public static string IdOf(X509Certificate2 certificate) => Convert.ToHexStringLower(Envelope.HashOf(certificate));

    public OnboardingEntry? Find(string id)
    {
        lock (_lock) return _entries.GetValueOrDefault(id);
    }

    /// <summary>Adds serial numbers to those the certificate had.</summary>
    public OnboardingEntry Add(string pem, IEnumerable<string> serials)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        var id = IdOf(certificate);
        lock (_lock)
        {
            var former = _entries.TryGetValue(id, out var known) ? known.Serials : [];
            var entry = new OnboardingEntry(id, pem, [.. former.Concat(serials).Distinct()]);
            _entries[id] = entry;
            Save();
            return entry;
        }
    }

    /// <summary>Removes one serial number, or the certificate with all of them.</summary>
    public bool Remove(string id, string? serial)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(id, out var entry) || serial is not null && !entry.Serials.Contains(serial))
                return false;
            var left = serial is null ? [] : entry.Serials.Where(other => other != serial).ToArray();
            if (left.Length == 0) _entries.Remove(id);
            else _entries[id] = entry with { Serials = left };
            Save();
            return true;
        }
    }

    public bool Allows(string id, string serial) => Find(id) is { } entry && (entry.Serials.Contains("*") || entry.Serials.Contains(serial));

    void Save() => AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_entries.Values.ToArray(), _json));
}
