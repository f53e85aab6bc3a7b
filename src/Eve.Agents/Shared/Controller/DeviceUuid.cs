using Eve.Api.Uuid;
using Google.Protobuf;

namespace Eve.Agents.Shared;

/// <summary>A device's name and model as its controller has them.</summary>
internal sealed record DeviceName(Guid Uuid, string Model);

/// <summary>Asks the controller who this device is: the client at boot, zedagent when it is no longer known.</summary>
internal static class DeviceUuid
{
    public static ControllerRequest Request { get; } =
        new("uuid", new UuidRequest().ToByteArray(), RequestSeal.Device, AnswerSeal.Controller) { AnyMediaType = true };

    /// <summary>Reads a good answer; null with the reason if it names nobody.</summary>
    public static (DeviceName? Name, string Error) Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var answer = UuidResponse.Parser.ParseFrom(payload);
            return Guid.TryParse(answer.Uuid, out var uuid) && uuid != Guid.Empty
                ? (new(uuid, answer is { Manufacturer.Length: > 0, ProductName.Length: > 0 } ? $"{answer.Manufacturer}.{answer.ProductName}" : ""), "")
                : (null, $"The controller calls this device '{answer.Uuid}', which is no UUID.");
        }
        catch (InvalidProtocolBufferException exception)
        {
            return (null, $"The controller's answer to uuid cannot be read: {exception.Message}");
        }
    }
}
