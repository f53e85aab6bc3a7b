using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>Asks whether the controller is reached through ports.</summary>
public interface IConnectivityTest
{
    /// <summary>Tests each port on its own, all at once.</summary>
    /// <param name="ports">Management ports with a usable address.</param>
    /// <param name="patience">So long one test may take.</param>
    /// <param name="cancellationToken">Ends the tests.</param>
    Task<ValueList<PortTest>> TestAsync(ValueList<NetworkPortStatus> ports, TimeSpan patience, CancellationToken cancellationToken);
}

/// <summary>What the test of one port has shown.</summary>
/// <param name="Error">Why it failed; empty if it did not.</param>
/// <param name="Attempts">For the counters.</param>
public sealed record PortTest(string IfName, PortReach Reach, string Error = "", ValueList<ControllerAttempt> Attempts = default);

/// <summary>How far a port leads.</summary>
public enum PortReach
{
    /// <summary>The controller answers.</summary>
    Controller,

    /// <summary>Something answers in the controller's place, or the controller is not well: the port itself works.</summary>
    Temporary,

    /// <summary>The port is not ready: its address or its name servers cannot be used yet.</summary>
    NotReady,

    /// <summary>Nobody answers.</summary>
    Nobody,
}
