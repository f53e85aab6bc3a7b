namespace Eve.Topics;

public sealed record AppInstanceOpsCmd(uint Counter = 0, string ApplyTime = "");
