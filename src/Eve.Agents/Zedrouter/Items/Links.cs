using System.Net;

namespace Eve.Agents.Zedrouter;

/// <summary>The bridge of a network instance.</summary>
/// <param name="Mtu">0 when it is read from the machine and is not up.</param>
internal sealed record Bridge(string Name, Guid Instance, string Mac, int Mtu) : NetworkItem("bridge/" + Name, Name)
{
    public override ValueList<string> Needs => ["nft/" + Name];
}

/// <summary>The gateway address on a bridge.</summary>
internal sealed record BridgeAddress(string Link, IPAddress Address, int PrefixLength) : NetworkItem("address/" + Link, Link)
{
    public override ValueList<string> Needs => ["bridge/" + Link];
}

/// <summary>The host side of an app's interface: an isolated port of the bridge that knows only this hardware address.</summary>
/// <param name="Mac">The app's; empty when it is read from the machine and the port is not set up as it should be.</param>
internal sealed record Vif(string Name, string Master, Guid App, string Mac, int Mtu) : NetworkItem("vif/" + Name, Master, Name)
{
    // The rules are there before the first packet can be.
    public override ValueList<string> Needs => ["bridge/" + Master, "nft/" + Name];
}
