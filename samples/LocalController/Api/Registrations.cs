using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Api.Register;
using Eve.Samples.Controller.Store;
using Google.Protobuf;

namespace Eve.Samples.Controller.Api;

/// <summary>Decides about a registration whose envelope is in order.</summary>
sealed class Registrations(DeviceStore devices, OnboardingList onboarding)
{
    const int P256 = 256;

    public (int Status, string Reason, Device? Device) Register(byte[] payload, X509Certificate2 sender)
    {
        ZRegisterMsg message;
        try
        {
            message = ZRegisterMsg.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            return (StatusCodes.Status422UnprocessableEntity, "the payload is not a ZRegisterMsg: " + e.Message, null);
        }
        if (Envelope.ReadWrappedPem(message.PemCert.Span) is not { } certificate)
            return (StatusCodes.Status422UnprocessableEntity, "pemCert is not the base64 text of a PEM certificate", null);
        using (certificate)
        using (var key = certificate.GetECDsaPublicKey())
        {
            if (key?.KeySize != P256)
                return (StatusCodes.Status422UnprocessableEntity, "the device certificate has no P-256 key", null);
            var id = OnboardingList.IdOf(sender);
            if (!onboarding.Allows(id, message.Serial))
                return (StatusCodes.Status403Forbidden, $"serial number '{message.Serial}' may not register with onboarding certificate {id}", null);
            var pem = Encoding.UTF8.GetString(Convert.FromBase64String(message.PemCert.ToStringUtf8()));
            var (device, outcome) = devices.Register(pem, certificate, message.Serial, message.SoftSerial, id);
            return outcome switch
            {
                Registration.New => (StatusCodes.Status201Created, "", device),
                Registration.Repeated => (StatusCodes.Status200OK, "", device),
                _ => (StatusCodes.Status409Conflict, $"registered already, as device {device.Uuid} with serial number '{device.Record.Serial}'", null),
            };
        }
    }
}
