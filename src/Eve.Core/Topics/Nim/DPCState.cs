namespace Eve.Topics;

public enum DPCState : byte
{
    None = 0,
    Fail = 1,
    FailWithIpAndDns = 2,
    Success = 3,
    IpDnsWait = 4,
    PciWait = 5,
    IntfWait = 6,
    RemoteWait = 7,
    AsyncWait = 8,
    WwanWait = 9,
}
