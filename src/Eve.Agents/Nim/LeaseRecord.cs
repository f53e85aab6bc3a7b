using System.Globalization;
using System.Net;

namespace Eve.Agents.Nim;

/// <summary>Reads what dhcpcd hands to its hook: NAME=VALUE, each with a zero byte behind it (networking.md 1).</summary>
internal static class LeaseRecord
{
    const int SmallestMtu = 576, LargestMtu = 65535;

    /// <param name="held">A client that was ended in order has kept its lease: what it had counts, until the next one speaks.</param>
    public static Lease Parse(string link, string record, bool held = false)
    {
        var values = record.Split('\0')
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], pair => pair[1])
            .ToDictionary(g => g.Key, g => g.Last());
        var bound = Text("reason") is "BOUND" or "RENEW" or "REBIND" or "REBOOT";
        var form = held && Text("reason") == "STOP" ? "old_" : bound ? "new_" : "";
        if (form.Length == 0 || !IPAddress.TryParse(Text(form + "ip_address"), out var address))
            return new(link, false);
        var length = int.TryParse(Text(form + "subnet_cidr"), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= 32 ? bits : 32;
        return new(
            link, true, address, length, Routes(Text(form + "classless_static_routes"), Text(form + "routers")),
            Addresses(Text(form + "domain_name_servers")), Text(form + "domain_name"), Addresses(Text(form + "ntp_servers")),
            int.TryParse(Text(form + "interface_mtu"), NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) && mtu is >= SmallestMtu and <= LargestMtu ? mtu : 0);

        string Text(string name) => values.GetValueOrDefault(name, "");
    }

    // With classless routes the plain ones are ignored (RFC 3442). A gateway of zeros means: on the link.
    static ValueList<LeaseRoute> Routes(string classless, string routers)
    {
        var words = classless.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            return [.. Addresses(routers).Select(r => new LeaseRoute(new IPNetwork(IPAddress.Any, 0), IPAddress.Parse(r)))];
        var routes = new List<LeaseRoute>();
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            if (IPNetwork.TryParse(words[i], out var destination) && IPAddress.TryParse(words[i + 1], out var gateway))
                routes.Add(new(destination, gateway.Equals(IPAddress.Any) ? null : gateway));
        }
        return [.. routes];
    }

    static ValueList<string> Addresses(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(a => IPAddress.TryParse(a, out _))];
}
