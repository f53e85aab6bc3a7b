namespace Eve.Topics;

public sealed record WwanPhysAddrs(string Interface = "", string USB = "", string PCI = "", string Dev = "");
