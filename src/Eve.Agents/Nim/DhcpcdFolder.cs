using System.Globalization;
using Eve.Platform;

namespace Eve.Agents.Nim;

/// <summary>
/// Where the DHCP clients of one device live. dhcpcd has two folders compiled in, so that two devices on a machine would share them: each client runs in a
/// mount namespace in which they are folders of this device. All paths that it sees are then the same everywhere, and none is written into a script.
/// </summary>
internal sealed class DhcpcdFolder(EvePaths paths, TimeProvider time)
{
    const string Config = "/var/lib/dhcpcd/dhcpcd.conf", Hook = "/var/lib/dhcpcd/hook";
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

    // 1: this folder; 2: the client's name; the rest: what dhcpcd is called with.
    const string EnterText = """
        #!/bin/sh
        set -e
        mount --bind "$1/lib" /var/lib/dhcpcd
        mount --bind "$1/run" /run
        shift 2
        exec dhcpcd "$@"

        """;

    public string Root { get; } = Path.GetFullPath(Path.Combine(paths.Run, "nim", "dhcpcd"));
    string Enter => Path.Combine(Root, "enter");
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

    /// <summary>The command that runs dhcpcd with these arguments as this client: all its processes are in one PID namespace.</summary>
    public IReadOnlyList<string> Command(string client, IEnumerable<string> arguments) =>
        ["unshare", "--mount", "--pid", "--fork", "sh", Enter, Root, client, "-f", Config, "-c", Hook, .. arguments];

    /// <summary>Which clients of this device run, whoever has started them.</summary>
    public IReadOnlyList<string> Running() => [.. Processes().Select(p => p.Client).Distinct()];

    /// <summary>Ends all processes of a client, also what a killed device left running. By SIGKILL: the client gives nothing back, and its helpers go with it.</summary>
    public async Task EndAsync(string client, CancellationToken cancellationToken)
    {
        // The command itself ends with what it runs, and one that is only just about to run something is seen in the next round.
        for (var since = time.GetTimestamp(); Commands(client).ToList() is { Count: > 0 } found && time.GetElapsedTime(since) < Patience;)
        {
            foreach (var inside in found.Select(c => Namespace(c, "pid_for_children")).OfType<string>().Where(n => n != Namespace("self", "pid")))
                Kill(All().Where(p => Namespace(p, "pid") == inside));
            await Task.Delay(Step, time, cancellationToken);
        }
        Kill(Commands(client));
        File.Delete(Path.Combine(Root, "run", "dhcpcd", client + ".pid"));
    }

    IEnumerable<string> Commands(string client) => Processes().Where(p => p.Client == client).Select(p => p.Process);

    static void Kill(IEnumerable<string> processes)
    {
        foreach (var process in processes)
            Libc.Kill(int.Parse(process, CultureInfo.InvariantCulture), Libc.SigKill);
    }

    // By what they were called with, which is there from their first moment: a file that they write is not yet there when the device is killed just then.
    // In a container or a chroot the same paths may be another device's.
    IEnumerable<(string Process, string Client)> Processes() =>
        from process in All()
        let arguments = Arguments(process)
        let at = Array.IndexOf(arguments, Enter)
        where at >= 0 && at + 2 < arguments.Length && arguments[at + 1] == Root
        where Namespace(process, "pid") == Namespace("self", "pid") && Link($"/proc/{process}/root") == "/"
        select (process, arguments[at + 2]);

    static IEnumerable<string> All() => Directory.GetDirectories("/proc").Select(f => Path.GetFileName(f)).Where(f => char.IsAsciiDigit(f[0]));

    static string[] Arguments(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    static string? Namespace(string process, string kind) => Link($"/proc/{process}/ns/{kind}");

    // Null when there is no such process any more.
    static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static void Write(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
            File.WriteAllText(path, text);
        File.SetUnixFileMode(path, Executable);
    }
}
