namespace Eve.Topics;

public enum CsrKeyType
{
    Unspecified = 0,
    Rsa2048 = 1,
    Rsa3072 = 2,
    Rsa4096 = 3,
    EcdsaP256 = 10,
    EcdsaP384 = 11,
    EcdsaP521 = 12,
}
