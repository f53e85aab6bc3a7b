using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>Pings the controller through each port on its own.</summary>
public sealed class ControllerTest(IController controller) : IConnectivityTest
{
    /// <inheritdoc />
    public async Task<ValueList<PortTest>> TestAsync(ValueList<NetworkPortStatus> ports, TimeSpan patience, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(ports.Select(p => TestAsync(p, patience, cancellationToken)))];

    async Task<PortTest> TestAsync(NetworkPortStatus port, TimeSpan patience, CancellationToken cancellationToken)
    {
        var ping = ControllerRequest.Ping with { SendTimeout = patience, DialTimeout = patience };
        var answer = await controller.SendAsync(ping, [ManagementPorts.From(port)], cancellationToken);
        return new(port.IfName, Judge(answer), answer.Error, answer.Attempts);
    }

    // What only the controller itself can say (any HTTP code over a trusted connection, a certificate out of its time, a refused connection) says that the port works.
    internal static PortReach Judge(ControllerAnswer answer) => answer switch
    {
        { Succeeded: true } => PortReach.Controller,
        { Answered: true } or { Status: SenderStatus.Refused or SenderStatus.CertInvalid } => PortReach.Temporary,
        _ => PortReach.Nobody,
    };
}
