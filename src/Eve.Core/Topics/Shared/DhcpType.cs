namespace Eve.Topics;

public enum DhcpType : byte
{
    Noop = 0,
    Static = 1,
    None = 2,
    Deprecated = 3,
    Client = 4,
}
