using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<CertHashAlgorithm>))]
public enum CertHashAlgorithm
{
    Invalid = 0,
    Sha256Bytes16 = 1,
    Sha256Bytes32 = 2,
}
