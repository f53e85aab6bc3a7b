namespace Eve.Topics;

public sealed record LBInterfaceConfig(string Interface = "", string IPPrefix = "");
