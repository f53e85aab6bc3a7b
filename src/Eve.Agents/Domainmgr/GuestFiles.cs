using System.Collections.Concurrent;
using System.Text;
using Eve.Platform;
using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>Seeds and consoles below /run/domainmgr, and libvirt's log of each guest: all named by their app's UUID.</summary>
internal sealed class GuestFiles(EvePaths paths, ICommands commands) : IGuestFiles
{
    const string SeedSuffix = ".cidata";
    const string ConsoleSuffix = ".log";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly string _seeds = Path.GetFullPath(Path.Combine(paths.Run, "domainmgr", "cloudinit"));
    readonly string _consoles = Path.GetFullPath(Path.Combine(paths.Run, "domainmgr", "console"));
    readonly string _emulatorLogs = Path.Combine(LibvirtFolder.For(paths).Root, "log", "qemu");
    readonly ConcurrentDictionary<Guid, ConsoleFile> _open = new();

    /// <inheritdoc />
    public async Task<GuestDefinition> PrepareAsync(DomainConfig config, DomainStatus status, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_seeds);
        Directory.CreateDirectory(_consoles);
        foreach (var disk in config.DiskConfigList)
            await CheckAsync(disk, cancellationToken);
        var app = config.UUIDandVersion.UUID;
        var seed = CloudInit.Seed(config) is { } files ? await WriteAsync(app, files, cancellationToken) : null;
        return new GuestDefinition(status, ConsolePath(app), seed);
    }

    async Task CheckAsync(DiskConfig disk, CancellationToken cancellationToken)
    {
        if (!File.Exists(disk.FileLocation))
            throw new EveException($"disk {disk.DisplayName}: its volume's file {disk.FileLocation} is not there: purge the app, or give it another volume");
        var info = await commands.RunAsync("qemu-img", ["info", "--force-share", "--output=json", disk.FileLocation], timeout: Patience, cancellationToken: cancellationToken);
        if (DiskImage.Refusal(disk, info.Check().Output) is { } refusal)
            throw new EveException(refusal);
    }

    // Beside its place and then renamed, readable by root alone: user data hold secrets.
    async Task<string> WriteAsync(Guid app, CloudInitSeed files, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_seeds, $"{app}.new");
        var image = Path.Combine(_seeds, app + SeedSuffix);
        Clear(folder);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
            await File.WriteAllTextAsync(Path.Combine(data, "user-data"), files.UserData, new UTF8Encoding(false), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(data, "meta-data"), files.MetaData, new UTF8Encoding(false), cancellationToken);
            var made = Path.Combine(folder, "seed.iso");
            string[] arguments = ["-as", "mkisofs", "-quiet", "-volid", CloudInit.Label, "-joliet", "-rock", "-o", made, data];
            (await commands.RunAsync("xorriso", arguments, timeout: Patience, cancellationToken: cancellationToken)).Check();
            File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(made, image, overwrite: true);
            return image;
        }
        finally
        {
            Clear(folder);
        }
    }

    /// <inheritdoc />
    public void Remove(Guid app)
    {
        File.Delete(Path.Combine(_seeds, app + SeedSuffix));
        Console(app).Delete();
        foreach (var log in Entries(_emulatorLogs).Where(e => e.Name.StartsWith($"{app}.", StringComparison.Ordinal)))
            log.Delete();
        _open.TryRemove(app, out _);
    }

    /// <inheritdoc />
    public void Sweep(IReadOnlySet<Guid> apps)
    {
        foreach (var entry in Entries(_seeds).Concat(Entries(_consoles)).Concat(Entries(_emulatorLogs)).Where(e => !Guid.TryParse(e.Name.Split('.')[0], out var app) || !apps.Contains(app)))
        {
            if (entry is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                entry.Delete();
        }
    }

    /// <inheritdoc />
    public ConsoleText ReadConsole(Guid app) => Console(app).Read();

    ConsoleFile Console(Guid app) => _open.GetOrAdd(app, a => new ConsoleFile(ConsolePath(a)));

    string ConsolePath(Guid app) => Path.Combine(_consoles, app + ConsoleSuffix);

    static List<FileSystemInfo> Entries(string folder) => Directory.Exists(folder) ? [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()] : [];

    static void Clear(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
