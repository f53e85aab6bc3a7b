namespace Eve.Topics;

public sealed record VlanAccessPort(ushort VlanID = 0, string PortLabel = "");
