using System.Security.Cryptography;

namespace Eve.Agents.Shared;

/// <summary>Who this device is and whose, from the files under /config; read anew when they change.</summary>
public sealed class DeviceIdentities(EvePaths paths)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, (FileStamp Certificate, FileStamp Key, DeviceIdentity Identity)> _known = [];

    /// <summary>Whether this device can register: both files of the onboarding pair are there.</summary>
    internal bool CanRegister => File.Exists(CertificateFile("onboard")) && File.Exists(KeyFile("onboard"));

    /// <summary>The controller's <c>host[:port]</c>; empty if /config/server is missing. Read anew each time: an installer may change it.</summary>
    internal string Server()
    {
        var file = Path.Combine(paths.Config, "server");
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The device's own.</summary>
    /// <exception cref="EveException">It is not there or not usable.</exception>
    internal DeviceIdentity Device() => Load("device", "boot makes it before the client runs; is /config writable then?");

    /// <summary>The one that a device registers with.</summary>
    /// <exception cref="EveException">It is not there or not usable.</exception>
    internal DeviceIdentity Onboarding() => Load("onboard", "put the onboarding pair of your controller there.");

    string CertificateFile(string name) => Path.Combine(paths.Config, name + ".cert.pem");
    string KeyFile(string name) => Path.Combine(paths.Config, name + ".key.pem");

    DeviceIdentity Load(string name, string remedy)
    {
        var (certificate, key) = (FileStamp.Of(CertificateFile(name)), FileStamp.Of(KeyFile(name)));
        lock (_gate)
        {
            if (_known.TryGetValue(name, out var known) && known.Certificate == certificate && known.Key == key)
                return known.Identity;
            try
            {
                var identity = DeviceIdentity.FromPem(File.ReadAllBytes(certificate.Path), File.ReadAllText(key.Path));
                _known[name] = (certificate, key, identity);
                return identity;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
            {
                throw new EveException($"The identity {certificate.Path} with {Path.GetFileName(key.Path)} cannot be used: {e.Message}; {remedy}", e);
            }
        }
    }
}

/// <summary>Tells whether a file is still the one that was read; without a file, time and length are zero.</summary>
internal readonly record struct FileStamp(string Path, DateTime Written, long Length)
{
    public bool Exists => Written != default;

    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(path, file.LastWriteTimeUtc, file.Length) : new(path, default, 0);
    }
}
