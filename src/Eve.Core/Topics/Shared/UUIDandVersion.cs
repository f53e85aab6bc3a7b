namespace Eve.Topics;

public sealed record UUIDandVersion(Guid UUID = default, string Version = "");
