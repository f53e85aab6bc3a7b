namespace Eve.Topics;

public sealed record DiskDescription(string Name = "", string LogicalName = "", string Serial = "");
