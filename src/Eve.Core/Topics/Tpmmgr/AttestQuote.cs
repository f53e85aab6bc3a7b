using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AttestQuote(
    Bytes Nonce = default,
    SigAlg SigType = default,
    Bytes Signature = default,
    Bytes Quote = default,
    ValueList<PCRValue> PCRs = default) : ITopic<AttestQuote>
{
    public string Key => Nonce.ToHex();
    public static JsonTypeInfo<AttestQuote> Json => EveJson.AttestQuote;
}

public sealed record PCRValue(byte Index = 0, PCRExtendHashType Algo = default, Bytes Digest = default);

public enum SigAlg : byte
{
    None = 0,
    EcdsaSha256 = 1,
    RsaRsassa256 = 2,
}

public enum PCRExtendHashType : byte
{
    None = 0,
    Sha1 = 1,
    Sha256 = 2,
}
