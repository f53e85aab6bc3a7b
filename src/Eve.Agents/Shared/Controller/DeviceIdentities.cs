using System.Security.Cryptography;
using System.Text;
using Eve.Platform;

namespace Eve.Agents.Shared;

/// <summary>Who this device is and whose, from the files under /config; read anew when they change.</summary>
public sealed class DeviceIdentities(EvePaths paths, IFiles files)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, (FileStamp? Certificate, FileStamp? Key, DeviceIdentity Identity)> _known = [];

    /// <summary>Whether this device can register: both files of the onboarding pair are there.</summary>
    internal bool CanRegister => files.Exists(CertificateFile("onboard")) && files.Exists(KeyFile("onboard"));

    /// <summary>The controller's <c>host[:port]</c>; empty if /config/server is missing. Read anew each time: an installer may change it.</summary>
    internal string Server()
    {
        var file = Path.Combine(paths.Config, "server");
        try
        {
            return files.Read(file) is { } content ? Encoding.UTF8.GetString(content).Trim() : "";
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

    byte[] Read(string file) => files.Read(file) ?? throw new FileNotFoundException($"{Path.GetFileName(file)} is missing");

    DeviceIdentity Load(string name, string remedy)
    {
        var (certificateFile, keyFile) = (CertificateFile(name), KeyFile(name));
        var (certificate, key) = (files.Stamp(certificateFile), files.Stamp(keyFile));
        lock (_gate)
        {
            if (_known.TryGetValue(name, out var known) && known.Certificate == certificate && known.Key == key)
                return known.Identity;
            try
            {
                var identity = DeviceIdentity.FromPem(Read(certificateFile), Encoding.UTF8.GetString(Read(keyFile)));
                _known[name] = (certificate, key, identity);
                return identity;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
            {
                throw new EveException($"The identity {certificateFile} with {Path.GetFileName(keyFile)} cannot be used: {e.Message}; {remedy}", e);
            }
        }
    }
}
