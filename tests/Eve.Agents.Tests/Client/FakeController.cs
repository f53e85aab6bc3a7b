using Eve.Agents.Shared;
using Eve.Api.Uuid;
using Eve.Tests.Shared.Controller;
using Google.Protobuf;

namespace Eve.Tests.Client;

/// <summary>A controller in a test's hands: by default one that knows the device.</summary>
internal sealed class FakeController(ControllerPki pki) : IController
{
    readonly Lock _gate = new();
    readonly List<ControllerRequest> _asked = [];

    public static readonly Guid Device = Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>Answers by path, in place of the usual ones; null: the usual one.</summary>
    public Func<ControllerRequest, ControllerAnswer?> Answer { get; set; } = _ => null;

    /// <summary>Requests wait for this before they are answered.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public IReadOnlyList<ControllerRequest> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    public IEnumerable<string> Paths => Asked.Select(a => a.Path);

    public async Task<ControllerAnswer> SendAsync(ControllerRequest request, ValueList<ManagementPort> ports, CancellationToken cancellationToken)
    {
        lock (_gate)
            _asked.Add(request);
        await Gate.WaitAsync(cancellationToken);
        var answer = Answer(request) ?? Usual(request.Path);
        return answer with { Attempts = [new(ports[0].IfName, "", request.Path, answer.Status, answer.HttpCode, answer.Error)] };
    }

    ControllerAnswer Usual(string path) => path switch
    {
        "certs" => Ok(pki.Certs),
        "register" => new() { HttpCode = 201 },
        "uuid" => Ok(new UuidResponse { Uuid = Device.ToString(), Manufacturer = "Acme", ProductName = "Box" }.ToByteArray()),
        _ => Code(404),
    };

    public static ControllerAnswer Ok(byte[] payload) => new() { HttpCode = 200, Payload = payload };

    public static ControllerAnswer Code(int code) => new() { HttpCode = code, Status = HttpVerdicts.Of(code), Error = $"{code}" };

    public static ControllerAnswer Envelope(SenderStatus status) => new() { HttpCode = 200, Status = status, Error = $"{status}" };

    public static ControllerAnswer NoNetwork { get; } = new() { Status = SenderStatus.Failed, Error = "no route" };
}
