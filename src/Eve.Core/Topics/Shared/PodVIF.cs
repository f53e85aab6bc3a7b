namespace Eve.Topics;

public sealed record PodVIF(string GuestIfName = "", PodIPAMConfig? IPAM = null)
{
    public PodIPAMConfig IPAM { get; init; } = IPAM ?? new();
}

public sealed record PodIPAMConfig(ValueList<PodIPAddress> IPs = default, ValueList<PodRoute> Routes = default, PodDNS? DNS = null)
{
    public PodDNS DNS { get; init; } = DNS ?? new();
}

public sealed record PodIPAddress(IpNet? Address = null, string Gateway = "")
{
    public IpNet Address { get; init; } = Address ?? new();
}

public sealed record PodRoute(IpNet? Dst = null, string GW = "")
{
    public IpNet Dst { get; init; } = Dst ?? new();
}

public sealed record PodDNS(
    ValueList<string> Nameservers = default,
    string Domain = "",
    ValueList<string> Search = default,
    ValueList<string> Options = default);
