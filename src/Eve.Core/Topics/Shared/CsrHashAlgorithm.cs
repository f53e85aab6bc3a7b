namespace Eve.Topics;

public enum CsrHashAlgorithm
{
    Unspecified = 0,
    Sha256 = 1,
    Sha384 = 2,
    Sha512 = 3,
}
