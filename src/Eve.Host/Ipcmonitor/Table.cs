namespace Eve.Host.Ipcmonitor;

/// <summary>A table of the bus by its names (device-agents.md 1.1).</summary>
/// <param name="Agent">The publisher; <see cref="Global"/> for a table that belongs to nobody.</param>
/// <param name="Scope">EVE's agent scope; mostly empty.</param>
/// <param name="Topic">The name of its type.</param>
internal readonly record struct Table(string Agent, string Scope, string Topic)
{
    /// <summary>Global tables have no publisher: their folders lie below this name.</summary>
    public const string Global = "global";

    /// <summary>Where it is offered, below the root's run folder.</summary>
    public string SocketIn(EvePaths paths) => Path.Combine(paths.Run, Agent, Scope, Topic + ".sock");

    /// <summary>Where its values may lie as files, the ones that outlive a reboot first.</summary>
    public IEnumerable<(string Path, bool Persistent)> FoldersIn(EvePaths paths) =>
        [(Path.Combine(paths.Status, Agent, Scope, Topic), true), (Path.Combine(paths.Run, Agent, Scope, Topic), false)];

    /// <summary>Where fields lie that are too large for packets.</summary>
    public string LargeFolderIn(EvePaths paths) => Path.Combine(paths.Persist, "pubsub-large", Agent, Scope, Topic);

    /// <summary>A path as the device itself sees it, whatever its root is.</summary>
    public static string OnDevice(EvePaths paths, string path) => "/" + Path.GetRelativePath(paths.Root, path);

    /// <summary>The full name as EVE writes it.</summary>
    public override string ToString() => Scope.Length > 0 ? $"{Agent}/{Scope}/{Topic}" : $"{Agent}/{Topic}";
}
