namespace Eve.Topics;

public sealed record ACE(
    ValueList<ACEMatch> Matches = default,
    ValueList<ACEAction> Actions = default,
    string Name = "",
    int RuleID = 0,
    ACEDirection Dir = default);

public sealed record ACEMatch(string Type = "", string Value = "");

public sealed record ACEAction(
    bool Drop = false,
    bool Limit = false,
    int LimitRate = 0,
    string LimitUnit = "",
    int LimitBurst = 0,
    bool PortMap = false,
    int TargetPort = 0);

public enum ACEDirection : byte
{
    Both = 0,
    Ingress = 1,
    Egress = 2,
}
