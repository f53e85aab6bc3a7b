using System.Text.RegularExpressions;

namespace Eve.Host.Ipcmonitor;

/// <summary>
/// Finds a device's tables by the sockets and folders that it has; no list of topics is needed. Other programs have folders below /run too:
/// a table is told by its name, which is a type's, in EVE's own and in ours.
/// </summary>
internal sealed partial class TableFinder(EvePaths paths)
{
    const string Socket = ".sock";

    static readonly EnumerationOptions Plain = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>All tables, by their names.</summary>
    public SortedSet<Table> Find()
    {
        SortedSet<Table> found = new(Comparer<Table>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString())));
        foreach (var agent in new[] { paths.Run, paths.Status }.SelectMany(Below))
        {
            AddIn(found, agent, scope: "", Path.GetFileName(agent));
            foreach (var scope in Below(agent).Where(f => !IsTable(f)))
                AddIn(found, scope, Path.GetFileName(scope), Path.GetFileName(agent));
        }
        return found;
    }

    /// <summary>The folders in which tables may appear, each before those in it: whoever watches one before it takes the next misses nothing.</summary>
    public IEnumerable<string> Folders()
    {
        foreach (var folder in new[] { paths.Root, paths.Run, paths.Persist, paths.Status }.Where(Directory.Exists))
            yield return folder;
        foreach (var top in new[] { paths.Run, paths.Status })
        {
            foreach (var agent in Below(top))
            {
                yield return agent;
                foreach (var inner in Below(agent))
                    yield return inner;
            }
        }
    }

    static void AddIn(SortedSet<Table> found, string folder, string scope, string agent)
    {
        foreach (var socket in List(folder, f => Directory.EnumerateFiles(f, "*" + Socket, Plain)))
        {
            if (Path.GetFileName(socket)[..^Socket.Length] is var name && TypeName.IsMatch(name))
                found.Add(new(agent, scope, name));
        }
        foreach (var table in Below(folder).Where(IsTable))
            found.Add(new(agent, scope, Path.GetFileName(table)));
    }

    // Empty, or with values: a scope is neither.
    static bool IsTable(string folder) => TypeName.IsMatch(Path.GetFileName(folder)) && List(folder, f => Directory.EnumerateFileSystemEntries(f, "*", Plain))
        .All(e => !e.EndsWith(Socket, StringComparison.Ordinal) && !Directory.Exists(e));

    static IEnumerable<string> Below(string folder) => List(folder, f => Directory.EnumerateDirectories(f, "*", Plain));

    // It may go while it is looked at.
    static string[] List(string folder, Func<string, IEnumerable<string>> entries)
    {
        try
        {
            return [.. entries(folder)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9_]*$")]
    private static partial Regex TypeName { get; }
}
