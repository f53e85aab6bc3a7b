namespace Eve.Tests.Platform;

/// <summary>What a power cut leaves of what was not synced: POSIX promises nothing of it, a journal keeps the names of a folder in order.</summary>
public enum Loss
{
    /// <summary>No name and no byte.</summary>
    Everything,

    /// <summary>All names, of files that are empty.</summary>
    Contents,

    /// <summary>All names, and the first half of each file.</summary>
    HalfOfContents,

    /// <summary>In each folder the names up to some moment; of each file nothing, a part, zeros, or all.</summary>
    AtRandom,
}

/// <summary>A disk in memory that knows what of it would outlive a power cut, and can let its N-th step fail.</summary>
internal sealed class ModelDisk : IFiles
{
    readonly Lock _gate = new();
    readonly SortedDictionary<string, Node> _names = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Node> _safe = new(StringComparer.Ordinal);
    readonly List<(string Folder, (string Path, Node? Node)[] Names)> _unsynced = [];
    readonly DateTime _start = TimeProvider.System.GetUtcNow().UtcDateTime;
    int _written;

    sealed record Node(byte[]? Content, DateTime Written)     // without content: a folder
    {
        public bool Synced { get; set; }
    }

    /// <summary>How many steps there were: writes, syncs, links, renames, removals, new folders.</summary>
    public int Steps { get; private set; }

    /// <summary>This step fails; 0: none.</summary>
    public int FailAt { get; set; }

    /// <summary>What the failed step was.</summary>
    public string Failed { get; private set; } = "";

    /// <summary>Called before each step.</summary>
    public Action? Watch { get; set; }

    public IEnumerable<string> Names => _names.Keys;

    /// <summary>The disk of the machine when it is started again.</summary>
    public ModelDisk Cut(Loss loss, Random random)
    {
        lock (_gate)
        {
            var left = new SortedDictionary<string, Node>(_safe, StringComparer.Ordinal);
            foreach (var folder in _unsynced.GroupBy(u => u.Folder))
            {
                var changes = folder.ToList();
                foreach (var change in changes.Take(loss switch { Loss.Everything => 0, Loss.AtRandom => random.Next(changes.Count + 1), _ => changes.Count }))
                    Apply(left, change.Names);
            }
            var disk = new ModelDisk();
            foreach (var (path, node) in left.Where(n => IsReachable(left, n.Key)))
            {
                disk._names[path] = disk._safe[path] = node.Synced || node.Content is null
                    ? node
                    : node with { Content = Rest(node.Content, loss == Loss.AtRandom ? random.Next(4) : (int)loss), Synced = true };
            }
            return disk;
        }
    }

    public IReadOnlyList<string> List(string folder)
    {
        lock (_gate)
            return [.. _names.Keys.Where(n => Path.GetDirectoryName(n) == folder).Select(n => Path.GetFileName(n))];
    }

    public byte[]? Read(string path)
    {
        lock (_gate)
            return _names.TryGetValue(path, out var node) ? node.Content?.ToArray() ?? throw new IOException($"{path}: Is a directory") : null;
    }

    public FileStamp? Stamp(string path)
    {
        lock (_gate)
            return path == "/" ? new(_start, 0) : _names.TryGetValue(path, out var node) ? new(node.Written, node.Content?.Length ?? 0) : null;
    }

    public void MakeFolder(string folder) => Step($"make folder {folder}", () =>
    {
        if (!_names.ContainsKey(folder))
            Change((folder, new(null, Now())));
    });

    public void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var node = new Node(content.ToArray(), Now());
        Step($"write {path}", () => Change((path, _names.ContainsKey(path) ? throw new IOException($"{path}: File exists") : node)));
    }

    public bool Link(string path, string other)
    {
        var linked = false;
        Step($"link {path}", () =>
        {
            if (linked = _names.TryGetValue(path, out var node) && node.Content is not null)
                Change((other, node));
        });
        return linked;
    }

    public void Rename(string path, string other) => Step($"rename {path} to {other}", () =>
    {
        var node = _names.GetValueOrDefault(path) ?? throw new IOException($"{path}: No such file or directory");
        if (!ReferenceEquals(node, _names.GetValueOrDefault(other)))       // two names of one file: nothing happens, says POSIX
            Change((path, null), (other, node));
    });

    public void Remove(string path) => Step($"remove {path}", () =>
    {
        if (_names.ContainsKey(path))
            Change((path, null));
    });

    public void Sync(string path) => Step($"sync {path}", () =>
    {
        if (_names.TryGetValue(path, out var node) && node.Content is not null)
            node.Synced = true;
        else
            Settle(u => u.Folder == path);
    });

    public void SyncFileSystem(string path) => Step($"sync all", () =>
    {
        foreach (var node in _names.Values)
            node.Synced = true;
        Settle(_ => true);
    });

    /// <summary>Puts a file there, as if it had always been there.</summary>
    public void Put(string path, byte[] content)
    {
        for (var folder = Path.GetDirectoryName(path)!; folder != "/"; folder = Path.GetDirectoryName(folder)!)
            _names[folder] = _safe[folder] = new(null, Now());
        _names[path] = _safe[path] = new(content, Now()) { Synced = true };
    }

    void Step(string what, Action step)
    {
        Watch?.Invoke();
        lock (_gate)
        {
            if (++Steps == FailAt)
            {
                Failed = what;
                throw new IOException($"cannot {what}: injected");
            }
            step();
        }
    }

    DateTime Now() => _start.AddSeconds(++_written);

    void Change(params (string Path, Node? Node)[] names)
    {
        var folder = Path.GetDirectoryName(names[^1].Path)!;
        if (folder != "/" && _names.GetValueOrDefault(folder) is not { Content: null })
            throw new IOException($"{folder}: No such file or directory");
        Apply(_names, names);
        _unsynced.Add((folder, names));
    }

    void Settle(Predicate<(string Folder, (string, Node?)[] Names)> which)
    {
        foreach (var (_, names) in _unsynced.Where(u => which(u)))
            Apply(_safe, names);
        _unsynced.RemoveAll(which);
    }

    static void Apply(SortedDictionary<string, Node> to, (string Path, Node? Node)[] names)
    {
        foreach (var (path, node) in names)
        {
            if (node is null)
                to.Remove(path);
            else
                to[path] = node;
        }
    }

    static bool IsReachable(SortedDictionary<string, Node> names, string path) =>
        Path.GetDirectoryName(path) is "/" or null || (names.ContainsKey(Path.GetDirectoryName(path)!) && IsReachable(names, Path.GetDirectoryName(path)!));

    static byte[] Rest(byte[] content, int how) => how switch { 0 or 1 => [], 2 => content[..(content.Length / 2)], _ => new byte[content.Length] };

    public override string ToString()
    {
        lock (_gate)
            return string.Join('\n', _names.Select(n => $"{n.Key} {(n.Value.Content is { } content ? $"{content.Length} bytes" : "")}"));
    }
}
