namespace Eve.Agents.Zedrouter;

/// <summary>The DHCP and DNS server of a network instance.</summary>
/// <param name="Config">Its configuration file.</param>
/// <param name="Hosts">DHCP host files by name: a VIF each.</param>
/// <param name="Names">DNS host files by name: a VIF each, and the network instance's own.</param>
/// <param name="Running">False for what a former life has left on disk.</param>
internal sealed record DnsmasqProcess(string Bridge, string Config, ValueMap<string, string> Hosts, ValueMap<string, string> Names, bool Running = true)
    : NetworkItem("dnsmasq/" + Bridge, Bridge)
{
    public override ValueList<string> Needs => ["address/" + Bridge];
}
