namespace Eve.Topics;

public sealed record VifNameMac(string Name = "", MacAddress MacAddr = default, Guid AppID = default);
