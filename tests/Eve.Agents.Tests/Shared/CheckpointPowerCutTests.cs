using System.Globalization;
using System.Text;
using Eve.Agents.Client;
using Eve.Agents.Nodeagent;
using Eve.Agents.Shared;
using Eve.Agents.Tpmmgr;
using Eve.Agents.Zedagent;
using Eve.Tests.Platform;
using Eve.Tests.Shared.Controller;
using Eve.Topics;
using Google.Protobuf;
using NUnit.Framework;
using ZCertType = Eve.Api.Certs.ZCertType;

namespace Eve.Tests.Shared;

/// <summary>zedagent's checkpoints and the device's identity on a disk whose power is cut, or that fails, at each of its steps.</summary>
public class CheckpointPowerCutTests
{
    static readonly EvePaths s_paths = new("/device");
    static readonly ControllerPki s_pki = new();

    [Test]
    public void After_a_power_cut_at_any_step_what_was_saved_is_there_and_the_device_is_who_it_was()
    {
        var script = new Script();
        List<(int Step, Loss Loss, ModelDisk Left, Ledger Ledger)> cuts = [];
        var random = new Random(1);
        script.Disk.Watch = () =>
        {
            foreach (var loss in Enum.GetValues<Loss>())
                cuts.Add((script.Disk.Steps, loss, script.Disk.Cut(loss, random), script.Ledger.Copy()));
        };
        script.Run();
        foreach (var (step, loss, left, ledger) in cuts)
            Check(left, ledger, $"cut before step {step + 1}, lost: {loss}");
        TestContext.Out.WriteLine($"the power was cut before each of {script.Disk.Steps} steps, in {Enum.GetValues<Loss>().Length} ways: {cuts.Count} starts");
        Assert.That(script.Failures, Is.Zero);
    }

    [Test]
    public void A_failure_at_any_step_is_told_and_the_next_try_makes_it_good()
    {
        var count = new Script();
        count.Run();
        for (var n = 1; n <= count.Disk.Steps; n++)
        {
            var script = new Script();
            script.Disk.FailAt = n;
            script.Run();
            Assert.That(script.Failures, Is.LessThanOrEqualTo(1), $"step {n}: {script.Disk.Failed}");
            Check(script.Disk.Cut(Loss.Everything, new(n)), script.Ledger, $"step {n} failed: {script.Disk.Failed}");
        }
        TestContext.Out.WriteLine($"each of {count.Disk.Steps} steps failed once");
    }

    // What a device finds when it starts; it makes the identity that is missing, as boot does.
    static void Check(ModelDisk left, Ledger ledger, string when)
    {
        var found = Small(left);
        var certificates = new DeviceCertificates(s_paths, left, TimeProvider.System);
        certificates.EnsureDevice();
        certificates.EnsureSigned();
        var identity = new DeviceIdentities(s_paths, left).Device().Certificate.Thumbprint;
        var (signed, missing) = certificates.Read();
        Assert.That((missing.Count, signed.All(c => !c.IsTpm)), Is.EqualTo((0, true)), $"{when}: a certificate is there only with its key");
        if (ledger.Has("identity"))
            found["identity"] = identity;
        if (ledger.Has("signed"))
            found["signed"] = Fingerprint(signed);
        ledger.Check(found, "", () => $"{when}\n{left}");
    }

    static Dictionary<string, string> Small(ModelDisk disk)
    {
        Dictionary<string, string?> found = [];
        var certs = new ControllerCertStore(s_paths, disk, TimeProvider.System);
        var files = new ConfigFiles(s_paths, disk, certs);
        foreach (var file in new[] { ConfigFile.LastConfig, ConfigFile.LastConfigBackup, ConfigFile.RebootCommand })
            found[file.ToString()] = files.Read(file) is { } content ? Encoding.UTF8.GetString(content) : null;
        foreach (var message in new UnsentFiles(s_paths, disk).ReadAll())
            found["unsent " + message.Key] = message.Sequence.ToString(CultureInfo.InvariantCulture);
        found["certs"] = certs.Current().Certs?.Signer.Certificate.Thumbprint;
        var device = new DeviceFiles(s_paths, disk);
        found["uuid"] = device.Uuid == Guid.Empty ? null : device.Uuid.ToString();
        found["model"] = device.Model is { Length: > 0 } model ? model : null;
        found["reason"] = new BootRecord(s_paths, disk).Take().Reason is { Length: > 0 } reason ? reason.Split('\n')[0] : null;      // a second try may say it twice
        return found.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value!);
    }

    static string Fingerprint(IEnumerable<EdgeNodeCert> certificates) => string.Join(' ', certificates.Select(c => c.Cert.ToHex()));

    /// <summary>A device's first hours, as far as these files see them. What fails is done once more, as the agents do.</summary>
    sealed class Script
    {
        public ModelDisk Disk { get; } = new();
        public Ledger Ledger { get; } = new();
        public int Failures { get; private set; }

        public void Run()
        {
            Disk.Put(Path.Combine(s_paths.Config, "root-certificate.pem"), s_pki.Root.PemBytes);
            var certificates = new DeviceCertificates(s_paths, Disk, TimeProvider.System);
            Do(() => certificates.EnsureDevice());
            Known("identity", new DeviceIdentities(s_paths, Disk).Device().Certificate.Thumbprint);
            Do(() => certificates.EnsureSigned());
            Known("signed", Fingerprint(certificates.Read().Certs));

            var device = new DeviceFiles(s_paths, Disk);
            foreach (var (uuid, model) in new[] { (Guid.NewGuid(), "first"), (Guid.NewGuid(), "second") })
                Do(["uuid", "model"], [uuid.ToString(), model], () => device.Save(uuid, model));

            var certs = new ControllerCertStore(s_paths, Disk, TimeProvider.System);
            foreach (var signer in new[] { s_pki.Signing, Pki.Issue(s_pki.Root, "newer") })
                Do("certs", signer.Certificate.Thumbprint, () => Accept(certs, signer));

            var files = new ConfigFiles(s_paths, Disk, certs);
            for (var n = 1; n <= 4; n++)
            {
                var content = $"configuration {n}";
                Do(ConfigFile.LastConfig.ToString(), content, () => files.Write(ConfigFile.LastConfig, Encoding.UTF8.GetBytes(content)));
                if (n % 2 == 0)
                    Do(ConfigFile.LastConfigBackup.ToString(), content, () => files.Write(ConfigFile.LastConfigBackup, Encoding.UTF8.GetBytes(content)));
                Do(ConfigFile.RebootCommand.ToString(), content, () => files.Write(ConfigFile.RebootCommand, Encoding.UTF8.GetBytes(content)));
                if (n % 2 == 1)
                    Do(ConfigFile.RebootCommand.ToString(), null, () => files.Delete(ConfigFile.RebootCommand));
            }

            var unsent = new UnsentFiles(s_paths, Disk);
            for (var n = 1; n <= 12; n++)
            {
                var message = new UnsentMessage($"app {n % 5}", Guid.Empty, "info", 1, n, new byte[100]);
                Do("unsent " + message.Key, n.ToString(CultureInfo.InvariantCulture), () => unsent.Write(message));
                if (n % 3 == 0)
                    Do("unsent " + message.Key, null, () => unsent.Delete(message.Key));
            }

            var record = new BootRecord(s_paths, Disk);
            Do("reason", "a reboot", () => record.Store("a reboot", BootReason.RebootCmd));
        }

        static void Accept(ControllerCertStore certs, Certified signer)
        {
            var message = ControllerPki.Message((signer, ZCertType.CertTypeControllerSigning), (s_pki.Exchange, ZCertType.CertTypeControllerEcdhExchange));
            if (certs.Accept(message.ToByteArray()).Error is { Length: > 0 } error)
                throw new IOException(error);
        }

        void Do(string name, string? value, Action step) => Do([name], [value], step);

        void Do(string[] names, string?[] values, Action step)
        {
            var which = names.Zip(values, Ledger.Add).ToArray();
            Do(step);
            foreach (var (name, number) in names.Zip(which))
                Ledger.Safe(name, number);
        }

        void Do(Action step)
        {
            try
            {
                step();
            }
            catch (Exception exception) when (exception is IOException or EveException)
            {
                Failures++;
                step();
            }
        }

        void Known(string name, string value) => Ledger.Safe(name, Ledger.Add(name, value));
    }
}
