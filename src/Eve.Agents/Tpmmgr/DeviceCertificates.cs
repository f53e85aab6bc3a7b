using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Agents.Shared;
using Eve.Platform;

namespace Eve.Agents.Tpmmgr;

/// <summary>The device's keys and certificates on disk: boot makes them before the client runs, tpmmgr publishes them. What is there already is kept.</summary>
/// <remarks>All keys are files; a TPM is not used yet.</remarks>
public sealed class DeviceCertificates(EvePaths paths, IFiles files, TimeProvider time)
{
    /// <summary>The device's own certificate; the machine's clock must be right by then.</summary>
    public string DeviceCertificate => Path.Combine(paths.Config, "device.cert.pem");

    string DeviceKey => Path.Combine(paths.Config, "device.key.pem");

    /// <summary>Whether the machine has a TPM, which stays unused.</summary>
    public bool HasTpm => files.Exists(paths.Under("dev/tpmrm0"));

    /// <summary>Makes the device's key and certificate unless they are there: on disk for good when this returns.</summary>
    /// <returns>Whether a certificate was made.</returns>
    /// <exception cref="EveException">They cannot be made, or the clock is wrong.</exception>
    public bool EnsureDevice()
    {
        if (files.Exists(DeviceCertificate))
        {
            SyncAgain(paths.Config);
            return false;
        }
        var now = time.GetUtcNow();
        if (now < CertificateForms.EarliestClock)
            throw new EveException($"The clock says {now:u}: a device certificate made now would have expired when the clock is right. Set the clock.");
        Guarded(DeviceCertificate, () =>
        {
            using var key = KeyIn(DeviceKey);
            using var certificate = CertificateForms.Device(key, now, Serial());
            Save(DeviceCertificate, certificate.ExportCertificatePem(), CertificateMode);
        });
        return true;
    }

    /// <summary>Makes the certificates for key exchange and attestation, signed by the device's key, unless they are there.</summary>
    /// <returns>How many were made.</returns>
    /// <exception cref="EveException">They cannot be made.</exception>
    public int EnsureSigned()
    {
        var missing = DeviceCertificateKinds.All.Where(k => !files.Exists(CertificateFile(k))).ToList();
        if (missing.Count == 0)
        {
            SyncAgain(paths.Certs);
            return 0;
        }
        Guarded(DeviceKey, () =>
        {
            var device = DeviceIdentity.FromPem(Read(DeviceCertificate), Encoding.ASCII.GetString(Read(DeviceKey)));
            foreach (var kind in missing)
            {
                using var key = KeyIn(KeyFile(kind));
                using var certificate = CertificateForms.Signed(kind.CommonName, key, device, Serial());
                Save(CertificateFile(kind), certificate.ExportCertificatePem(), CertificateMode);
            }
        });
        return missing.Count;
    }

    /// <summary>The certificates that controller and agents are to know; with what is missing.</summary>
    internal (ValueList<Topics.EdgeNodeCert> Certs, ValueList<string> Missing) Read()
    {
        var (certs, missing) = (new List<Topics.EdgeNodeCert>(), new List<string>());
        foreach (var kind in DeviceCertificateKinds.All)
        {
            if (files.Exists(CertificateFile(kind)))
                Guarded(CertificateFile(kind), () => certs.Add(DeviceCertificateKinds.Publish(kind, Read(CertificateFile(kind)), isTpm: !files.Exists(KeyFile(kind)))));
            else
                missing.Add(CertificateFile(kind));
        }
        return ([.. certs], [.. missing]);
    }

    const UnixFileMode CertificateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    string CertificateFile(DeviceCertificateKind kind) => Path.Combine(paths.Certs, kind.Name + ".cert.pem");
    string KeyFile(DeviceCertificateKind kind) => Path.Combine(paths.Certs, kind.Name + ".key.pem");

    // The key goes first: a certificate without its key file would mean that a TPM holds the key.
    ECDsa KeyIn(string file)
    {
        if (files.Exists(file))
            return PrivateKeyPem.Read(Encoding.ASCII.GetString(Read(file)));
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Save(file, key.ExportPkcs8PrivateKeyPem(), KeyMode);
        return key;
    }

    // An earlier try may have come as far as this step, and failed at it: what is there would be lost by a power cut.
    void SyncAgain(string folder)
    {
        try
        {
            files.Sync(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A device does not stay dark for that: it has what it needs.
        }
    }

    byte[] Read(string file) => files.Read(file) ?? throw new FileNotFoundException("it is missing", file);

    void Save(string file, string pem, UnixFileMode mode) => files.Replace(file, Encoding.ASCII.GetBytes(pem + "\n"), mode: mode);

    /// <summary>Sixteen random bytes that make a positive number.</summary>
    static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7f | 0x40);
        return serial;
    }

    static void Guarded(string file, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            throw new EveException($"The certificate or key {file} cannot be made or read: {e.Message}", e);
        }
    }
}
