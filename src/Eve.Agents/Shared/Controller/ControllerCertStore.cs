using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Platform;

namespace Eve.Agents.Shared;

/// <summary>What became of certificates that the controller delivered.</summary>
/// <param name="Certs">The certificates; null when they are refused.</param>
/// <param name="Changed">They are other ones than before.</param>
/// <param name="Error">Why they are refused, or why they could not be saved (then they are not null).</param>
internal sealed record CertsVerdict(ControllerCerts? Certs, bool Changed, string Error);

/// <summary>The controller's certificates in /persist/checkpoint/controllercerts: whoever fetches them, all agents verify answers with them.</summary>
public sealed class ControllerCertStore(EvePaths paths, IFiles files, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, (FileStamp? File, FileStamp? Roots, ControllerCerts? Certs, string Error)> _read = [];
    (ControllerCerts Certs, FileStamp? Roots)? _unsaved;

    string Checkpoint => Path.Combine(paths.Checkpoint, "controllercerts");
    string Backup => Checkpoint + ".bak";
    string RootFile => Path.Combine(paths.Config, "root-certificate.pem");

    /// <summary>The certificates in use; null with the reason if there are none.</summary>
    internal (ControllerCerts? Certs, string Error) Current()
    {
        lock (_gate)
        {
            if (_unsaved is { } fresh && fresh.Roots == files.Stamp(RootFile))
                return (fresh.Certs, "");
            var current = Read(Checkpoint);
            if (current.Certs is not null || !files.Exists(Backup) || Decodes(Checkpoint))
                return current;
            var healed = Read(Backup);
            return healed.Certs is null ? current : healed;
        }
    }

    /// <summary>Who may have signed an answer: the present certificate, and the one before it.</summary>
    internal IReadOnlyList<EnvelopeSigner> Signers()
    {
        lock (_gate)
            return [.. new[] { Current().Certs, Read(Backup).Certs }.OfType<ControllerCerts>().Select(c => c.Signer)];
    }

    /// <summary>Checks the payload of a certs answer and saves it if the set of certificates is a new one.</summary>
    internal CertsVerdict Accept(byte[] payload)
    {
        lock (_gate)
        {
            var roots = files.Stamp(RootFile);
            var (certs, error) = Verify(payload, time.GetUtcNow());
            if (certs is null)
                return new(null, false, error);
            var changed = Current().Certs?.Hashes != certs.Hashes;
            if (!changed && _unsaved is null)
                return new(certs, false, "");
            try
            {
                files.Replace(Checkpoint, payload, keepBackup: true);
                if (!files.Exists(Backup))
                    files.Replace(Backup, payload);
                _unsaved = null;
                return new(certs, changed, "");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _unsaved = (certs, roots);
                return new(certs, changed, $"The controller's certificates are not saved in {Checkpoint}: {e.Message}");
            }
        }
    }

    (ControllerCerts? Certs, string Error) Read(string path)
    {
        var (file, roots) = (files.Stamp(path), files.Stamp(RootFile));
        if (_read.TryGetValue(path, out var known) && known.File == file && known.Roots == roots)
            return (known.Certs, known.Error);
        var (certs, error) = Load(path, file);
        _read[path] = (file, roots, certs, error);
        return (certs, error);
    }

    // At the file's time stamp: a device whose clock is wrong, or that was off for years, still starts with what it once proved.
    (ControllerCerts? Certs, string Error) Load(string path, FileStamp? file)
    {
        var missing = $"There are no controller certificates in {path} yet.";
        if (file is not { } stamp)
            return (null, missing);
        try
        {
            return files.Read(path) is { } payload ? Verify(payload, new(stamp.Written)) : (null, missing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"The controller's certificates cannot be read from {path}: {e.Message}");
        }
    }

    (ControllerCerts? Certs, string Error) Verify(byte[] payload, DateTimeOffset at)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPem(Encoding.ASCII.GetString(files.Read(RootFile) ?? throw new FileNotFoundException("it is missing", RootFile)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return (null, $"The root of the controller's certificates, {RootFile}, cannot be read: {e.Message}");
        }
        return ControllerCerts.Verify(payload, roots, at);
    }

    // Only a file that is torn is healed from its backup; an expired chain is not.
    bool Decodes(string path)
    {
        try
        {
            return files.Read(path) is { } content && Api.Certs.ZControllerCert.Parser.ParseFrom(content).Certs.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Google.Protobuf.InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
