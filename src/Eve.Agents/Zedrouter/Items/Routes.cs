using System.Net;

namespace Eve.Agents.Zedrouter;

/// <summary>A route in the table of a network instance.</summary>
/// <param name="Unreachable">Ends the table: what no other route takes goes nowhere.</param>
internal sealed record NetworkRoute(string Bridge, uint Table, IPNetwork Destination, string? Link, IPAddress? Gateway, IPAddress? Source, bool Unreachable)
    : NetworkItem($"route/{Table}/{Destination}{(Unreachable ? "/unreachable" : "")}", Bridge)
{
    public override ValueList<string> Needs => ["address/" + Bridge];
}

/// <summary>Says which packets are routed by the table of a network instance: those that come from the bridge, or go to its subnet.</summary>
internal sealed record TableRule(string Bridge, uint Priority, string? Iif, IPNetwork? To, uint Table) : NetworkItem($"rule/{Priority}/{Bridge}", Bridge)
{
    public override ValueList<string> Needs => ["address/" + Bridge];
}
