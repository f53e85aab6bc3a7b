namespace Eve.Agents.Shared;

/// <summary>The way to the controller. Replace it to reach one by other means, or none at all (tests).</summary>
public interface IController
{
    /// <summary>Sends a request through the ports in turn, until one brings an answer that counts.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="ports">From <c>ManagementPorts.Of(network)</c>; one port to test just that one.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    /// <returns>Never null and never an exception for what goes wrong on the way.</returns>
    Task<ControllerAnswer> SendAsync(ControllerRequest request, ValueList<ManagementPort> ports, CancellationToken cancellationToken);
}
