namespace Eve.Topics;

public enum L2LinkType : byte
{
    None = 0,
    Vlan = 1,
    Bond = 2,
}
