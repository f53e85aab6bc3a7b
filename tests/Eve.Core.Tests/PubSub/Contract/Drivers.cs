namespace Eve.Tests;

public class MemoryContractTests : BusContractTests
{
    internal override BusUnderTest Make() => new InMemory();
}

public class SocketContractTests : BusContractTests
{
    internal override BusUnderTest Make() => new OverSockets(alsoInside: false);
}

/// <summary>What zedbox is: agents inside get references, those outside get packets.</summary>
public class MixedContractTests : BusContractTests
{
    internal override BusUnderTest Make() => new OverSockets(alsoInside: true);
}
