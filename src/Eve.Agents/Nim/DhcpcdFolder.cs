using Eve.Platform;

namespace Eve.Agents.Nim;

/// <summary>
/// Where the DHCP clients of one device live. dhcpcd has two folders compiled in, so that two devices on a machine would share them: each client runs in a
/// mount namespace in which they are folders of this device. All paths that it sees are then the same everywhere, and none is written into a script.
/// </summary>
internal sealed class DhcpcdFolder(EvePaths paths, TimeProvider time)
{
    public const string Config = "/var/lib/dhcpcd/dhcpcd.conf", Hook = "/var/lib/dhcpcd/hook";
    const string NamespaceSuffix = ".mnt";
    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), Step = TimeSpan.FromMilliseconds(20);

    // noconfigure: nim sets the addresses. noarp: BOUND at once, not after a probe of 5 s; the server answers for its addresses. nodelay: the same at the start.
    const string ConfigText = """
        noconfigure
        noarp
        nodelay
        duid ll
        persistent
        require dhcp_server_identifier
        noipv4ll
        waitip 0
        timeout 0
        option subnet_mask, routers, classless_static_routes, domain_name_servers, domain_name, domain_search, ntp_servers, interface_mtu

        """;

    const string HookText = """
        #!/bin/sh
        t=/var/lib/dhcpcd/out/.$interface.$$
        env -0 > "$t" && mv "$t" "/var/lib/dhcpcd/out/$interface.${protocol:-link}"

        """;

    // 1: this folder; 2: the client's name; the rest: what dhcpcd is called with. The namespace is noted down first: by it the helpers of a killed client are found.
    const string EnterText = """
        #!/bin/sh
        set -e
        mount --bind "$1/lib" /var/lib/dhcpcd
        mount --bind "$1/run" /run
        readlink /proc/self/ns/mnt > "/var/lib/dhcpcd/$2.mnt"
        shift 2
        exec dhcpcd "$@"

        """;

    public string Root { get; } = Path.GetFullPath(Path.Combine(paths.Run, "nim", "dhcpcd"));
    public string Enter => Path.Combine(Root, "enter");
    public string Records => Path.Combine(Lib, "out");
    string Lib => Path.Combine(Root, "lib");

    /// <summary>Makes the folder and its fixed files.</summary>
    public void Make()
    {
        Directory.CreateDirectory(Records);
        Directory.CreateDirectory(Path.Combine(Root, "run", "dhcpcd"));
        Write(Enter, EnterText);
        Write(Path.Combine(Lib, "dhcpcd.conf"), ConfigText);
        Write(Path.Combine(Lib, "hook"), HookText);
    }

    /// <summary>What the hook has written of a port; null before its client has said anything.</summary>
    public string? Record(string link)
    {
        try
        {
            return File.ReadAllText(Path.Combine(Records, link + ".dhcp"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Forgets what the client of a port has said.</summary>
    public void Forget(string link) => File.Delete(Path.Combine(Records, link + ".dhcp"));

    /// <summary>Which clients may still have processes: those that were not ended in order.</summary>
    public IEnumerable<string> Leftovers() =>
        Directory.Exists(Lib) ? Directory.GetFiles(Lib, "*" + NamespaceSuffix).Select(f => Path.GetFileNameWithoutExtension(f)) : [];

    /// <summary>Ends all processes of a client: also the helpers that a killed one leaves behind, and what a killed device left running.</summary>
    public async Task EndAsync(string client, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Lib, client + NamespaceSuffix);
        if (!File.Exists(file))
            return;
        var mounts = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
        foreach (var process in Processes(mounts))
            Libc.Kill(process, Libc.SigTerm);
        await GoneAsync(mounts, cancellationToken);
        foreach (var process in Processes(mounts))
            Libc.Kill(process, Libc.SigKill);
        await GoneAsync(mounts, cancellationToken);
        File.Delete(Path.Combine(Root, "run", "dhcpcd", client + ".pid"));
        File.Delete(file);
    }

    async Task GoneAsync(string mounts, CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); Processes(mounts).Count > 0 && time.GetElapsedTime(since) < Patience;)
            await Task.Delay(Step, time, cancellationToken);
    }

    // The kernel may give the number of a namespace that has ended to another one: so it must be a dhcpcd as well.
    static List<int> Processes(string mounts) => mounts.Length == 0 ? [] :
    [
        .. from folder in Directory.GetDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), out _) && IsClient(folder, mounts)
           select int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture),
    ];

    static bool IsClient(string process, string mounts)
    {
        try
        {
            return File.ReadAllText(process + "/comm").Trim() == "dhcpcd" && File.ResolveLinkTarget(process + "/ns/mnt", false)?.Name == mounts;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static void Write(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
            File.WriteAllText(path, text);
        File.SetUnixFileMode(path, Executable);
    }
}
