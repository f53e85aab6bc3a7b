using System.Net;

namespace Eve.Agents.Shared;

/// <summary>Reads the form of /etc/hosts.</summary>
internal static class HostsFile
{
    /// <summary>The addresses that a text gives to a host.</summary>
    public static ValueList<IPAddress> Find(string text, string host)
    {
        var found = new List<IPAddress>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Skip(1).Contains(host, StringComparer.OrdinalIgnoreCase) && IPAddress.TryParse(words[0], out var address))
                found.Add(address);
        }
        return [.. found];
    }
}
