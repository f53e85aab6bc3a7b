namespace Eve.Tests;

internal sealed record Bridge(string Name, int Mtu = 1500) : Item("bridge/" + Name);

internal sealed record Vif(string Name, string On, string Mac) : Item("vif/" + Name)
{
    public override ValueList<string> Needs => ["bridge/" + On];
}

internal sealed record Filter(string Of) : Item("filter/" + Of)
{
    public override ValueList<string> Needs => ["vif/" + Of];
}
