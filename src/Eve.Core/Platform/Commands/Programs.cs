namespace Eve.Platform;

/// <summary>Where the machine's programs are, and which Debian package brings a missing one.</summary>
internal static class Programs
{
    static readonly string[] UsualFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["arping"] = "iputils-arping",
        ["bridge"] = "iproute2",
        ["conntrack"] = "conntrack",
        ["dhcpcd"] = "dhcpcd-base",
        ["dnsmasq"] = "dnsmasq-base",
        ["ip"] = "iproute2",
        ["nft"] = "nftables",
        ["nsenter"] = "util-linux",
        ["qemu-img"] = "qemu-utils",
        ["qemu-system-x86_64"] = "qemu-system-x86",
        ["ss"] = "iproute2",
        ["sysctl"] = "procps",
        ["unshare"] = "util-linux",
        ["virsh"] = "libvirt-clients",
        ["xorriso"] = "xorriso",
    };

    /// <summary>The file that a program name means; null when it is not installed. A name with a slash is a path.</summary>
    /// <remarks>Neither the current folder nor a relative entry of PATH is searched, and the sbin folders always are.</remarks>
    public static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return IsProgram(program) ? Path.GetFullPath(program) : null;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathRooted);
        return path.Concat(UsualFolders).Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsProgram);
    }

    /// <summary>What to say, and to do, when a program is missing.</summary>
    public static string Missing(string program) => Packages.TryGetValue(Path.GetFileName(program), out var package)
        ? $"program {program} is not installed: install package {package}"
        : $"program {program} is not installed";

    static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
