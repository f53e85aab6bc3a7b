using System.Globalization;

namespace Eve.Platform;

/// <summary>The folder in which an embedded libvirt lives: one for each device, so that nothing of the machine's own libvirt is touched.</summary>
/// <param name="Root">For a device: <c>/run/libvirt</c> below its root.</param>
/// <param name="Cache">Outlives a reboot: what libvirt found out about the emulator, which takes it some 4 s.</param>
internal sealed record LibvirtFolder(string Root, string Cache)
{
    // libvirt puts the emulator's control socket under lib/qemu/domain-N-NAME/monitor.sock with up to 20 bytes of the name, and a socket's path has 107 bytes.
    const int LongestRoot = 107 - 52;

    const string Settings = """
        # Written by Eve at each start.
        stdio_handler = "file"
        security_driver = "none"
        user = "root"
        group = "root"
        remember_owner = 0
        namespaces = []

        """;

    public static LibvirtFolder For(EvePaths paths) =>
        new(Path.GetFullPath(Path.Combine(paths.Run, "libvirt")), Path.GetFullPath(Path.Combine(paths.Persist, "libvirt-cache")));

    public string Uri => $"qemu:///embed?root={System.Uri.EscapeDataString(Root).Replace("%2F", "/", StringComparison.Ordinal)}";

    /// <summary>Whether domains are defined here; told without libvirt, which is large.</summary>
    public bool HasDomains => Directory.Exists(Definitions) && Directory.EnumerateFiles(Definitions, "*.xml").Any();

    string Definitions => Path.Combine(Root, "etc", "qemu");
    string Probes => Path.Combine(Root, "lib", "qemu");
    string States => Path.Combine(Root, "run", "qemu");

    /// <summary>Makes it ready for libvirt; what is there of running guests stays.</summary>
    public void Prepare()
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(Root);
        if (length > LongestRoot)
            throw new EveException($"libvirt's folder {Root} has {length} bytes, {LongestRoot} fit into the path of a control socket: choose a shorter root for the device");
        Directory.CreateDirectory(Path.Combine(Root, "etc"));
        Directory.CreateDirectory(Cache);
        File.WriteAllText(Path.Combine(Root, "etc", "qemu.conf"), Settings);
        LinkCache();
        ForgetUnstarted();
        EndProbes();
    }

    // Emulators of which libvirt was asking what they can do: with its process, nobody is left to end them.
    void EndProbes()
    {
        foreach (var probe in Directory.Exists(Probes) ? Directory.GetDirectories(Probes, "qmp-*") : [])
        {
            EndEmulator(Path.Combine(probe, "qmp.pid"));
            Directory.Delete(probe, recursive: true);
        }
    }

    // A kill may come between definition and start, or within the start. libvirt would wait half a minute for the emulator of such a domain, take it for
    // running meanwhile, and for crashed afterwards. Whoever wanted it wants it still, and starts it from the beginning.
    void ForgetUnstarted()
    {
        foreach (var definition in Directory.Exists(Definitions) ? Directory.GetFiles(Definitions, "*.xml") : [])
        {
            var name = Path.GetFileNameWithoutExtension(definition);
            var state = Path.Combine(States, name + ".xml");
            if (File.Exists(state) && !File.ReadAllText(state).Contains("<domstatus state='paused' reason='starting up'", StringComparison.Ordinal))
                continue;
            EndEmulator(Path.Combine(States, name + ".pid"));
            File.Delete(state);
            File.Delete(definition);
        }
    }

    // The number may be another process's by now.
    void EndEmulator(string file)
    {
        if (!File.Exists(file) || !int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return;
        var commandLine = $"/proc/{id}/cmdline";
        if (File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(Root + "/", StringComparison.Ordinal))
            Libc.Kill(id, Libc.SigKill);
        File.Delete(file);
    }

    void LinkCache()
    {
        var link = new DirectoryInfo(Path.Combine(Root, "cache"));
        if (link.LinkTarget == Cache)
            return;
        if (link.LinkTarget is not null)
            link.Delete();
        else if (link.Exists)
            link.Delete(recursive: true);
        Directory.CreateSymbolicLink(link.FullName, Cache);
    }
}
