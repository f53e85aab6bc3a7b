namespace Eve.Topics;

public enum CertHashAlgorithm
{
    Invalid = 0,
    Sha256Bytes16 = 1,
    Sha256Bytes32 = 2,
}
