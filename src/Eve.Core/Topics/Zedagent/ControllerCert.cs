using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ControllerCert(
    CertHashAlgorithm HashAlgo = default,
    ZCertType Type = default,
    Bytes Cert = default,
    Bytes CertHash = default) : ITopic<ControllerCert>
{
    public string Key => CertHash.ToHex();
    public static JsonTypeInfo<ControllerCert> Json => EveJson.ControllerCert;
}

public enum ZCertType
{
    ControllerNone = 0,
    ControllerSigning = 1,
    ControllerIntermediate = 2,
    ControllerEcdhExchange = 3,
    DeviceOnboarding = 10,
    DeviceRestrictedSigning = 11,
    DeviceEndorsementRsa = 12,
    DeviceEcdhExchange = 13,
}
