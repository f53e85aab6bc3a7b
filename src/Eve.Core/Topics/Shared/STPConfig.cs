namespace Eve.Topics;

public sealed record STPConfig(string PortsWithBpduGuard = "");
