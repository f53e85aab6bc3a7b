namespace Eve.Topics;

public sealed record CSRProfile(
    CertDistinguishedName? Subject = null,
    CertSubjectAlternativeName? SAN = null,
    byte RenewPeriodPercent = 0,
    CsrKeyType KeyType = default,
    CsrHashAlgorithm HashAlgorithm = default)
{
    public CertDistinguishedName Subject { get; init; } = Subject ?? new();
    public CertSubjectAlternativeName SAN { get; init; } = SAN ?? new();
}
