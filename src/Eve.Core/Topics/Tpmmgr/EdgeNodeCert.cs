using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EdgeNodeCert(
    CertHashType HashAlgo = default,
    Bytes CertID = default,
    CertType CertType = default,
    Bytes Cert = default,
    bool IsTpm = false,
    ValueList<CertMetaData> MetaDataItems = default) : ITopic<EdgeNodeCert>
{
    public string Key => CertID.ToHex();
    public static JsonTypeInfo<EdgeNodeCert> Json => EveJson.EdgeNodeCert;
}

public sealed record CertMetaData(CertMetaDataType Type = default, Bytes Data = default);

public enum CertType : byte
{
    None = 0,
    Onboarding = 1,
    RestrictSigning = 2,
    Ek = 3,
    EcdhXchange = 4,
}

public enum CertMetaDataType : byte
{
    None = 0,
    Tpm2Public = 1,
}

public enum CertHashType : byte
{
    None = 0,
    Sha256First16 = 1,
}
