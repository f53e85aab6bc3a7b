using Eve.Topics;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>What is judged over all ports together, and the labels that follow.</summary>
internal static class PortChecks
{
    static readonly string[] Reserved = ["all", "uplink", "freeuplink"];

    /// <summary>The ports with their labels, and with the errors that they have through each other.</summary>
    public static List<NetworkPortConfig> Apply(IEnumerable<NetworkPortConfig> ports, DateTimeOffset now)
    {
        var all = ports.Distinct().ToList();
        var labels = all.Select(p => p.Logicallabel).ToHashSet();
        return [.. all.Select(port => Labelled(Blame(port, Clashes(port, all), now), labels, now))];
    }

    /// <summary>A port with further errors.</summary>
    public static NetworkPortConfig Blame(NetworkPortConfig port, IReadOnlyCollection<string> errors, DateTimeOffset now) => errors.Count == 0 ? port : port with
    {
        InvalidConfig = true,
        LastFailed = now,
        LastError = string.Join('\n', errors.Prepend(port.LastError).Where(text => text.Length > 0)),
    };

    /// <summary>What makes the whole set unusable; empty if one good port for management is there.</summary>
    public static string WholeError(List<NetworkPortConfig> ports, List<string> failures)
    {
        var management = ports.Where(p => p.IsMgmt).ToList();
        if (management.Any(p => p.LastError.Length == 0))
            return string.Join('\n', failures);
        if (management.Count > 0)
            return "All management ports failed to parse: " + string.Concat(management.Select(p => $"{p.Logicallabel}: {p.LastError}\n"));
        return failures.Count > 0 ? "All management ports failed to parse: " + string.Join('\n', failures)
            : "No management interfaces: mark an adapter in systemAdapterList with uplink";
    }

    static List<string> Clashes(NetworkPortConfig port, List<NetworkPortConfig> all)
    {
        var errors = new List<string>();
        foreach (var other in all.Where(other => !ReferenceEquals(other, port)))
        {
            if (other.Logicallabel == port.Logicallabel)
                errors.Add($"the name '{Fields.Shown(port.Logicallabel)}' is used by another adapter as well; rename one");
            else if (port.IfName.Length > 0 && other.IfName == port.IfName)
                errors.Add($"interface {port.IfName} is used by adapter '{Fields.Shown(other.Logicallabel)}' as well; keep one");
            else if (port.IfName.Length == 0 && other.IfName.Length == 0 && other.PCIAddr == port.PCIAddr && other.USBAddr == port.USBAddr)
                errors.Add($"the hardware at '{port.PCIAddr}{port.USBAddr}' is used by adapter '{Fields.Shown(other.Logicallabel)}' as well; keep one");
        }
        return errors;
    }

    static NetworkPortConfig Labelled(NetworkPortConfig port, HashSet<string> names, DateTimeOffset now)
    {
        if (port.SharedLabels.FirstOrDefault(label => Reserved.Contains(label) || names.Contains(label)) is { } taken)
            return Blame(port, [$"the shared label '{Fields.Shown(taken)}' is reserved or an adapter's name; choose another one"], now);
        IEnumerable<string> labels = [.. port.SharedLabels, "all"];
        if (port.IsMgmt)
            labels = labels.Append("uplink");
        if (port is { IsMgmt: true, Cost: 0 })
            labels = labels.Append("freeuplink");
        return port with { SharedLabels = [.. labels.Distinct()] };
    }
}
