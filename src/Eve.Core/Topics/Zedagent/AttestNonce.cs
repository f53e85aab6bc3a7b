using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AttestNonce(Bytes Nonce = default, string Requester = "") : ITopic<AttestNonce>
{
    public string Key => Nonce.ToHex();
    public static JsonTypeInfo<AttestNonce> Json => EveJson.AttestNonce;
}
