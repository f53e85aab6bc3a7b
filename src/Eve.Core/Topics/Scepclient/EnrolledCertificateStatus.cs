using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EnrolledCertificateStatus(
    string CertEnrollmentProfileName = "",
    CSRProfile? CSRProfile = null,
    string EnrollmentServerURL = "",
    ValueList<string> TrustAnchorFingerprints = default,
    ErrorDescription? Error = null,
    CertDistinguishedName? Subject = null,
    CertDistinguishedName? Issuer = null,
    CertSubjectAlternativeName? SAN = null,
    byte RenewPeriodPercent = 0,
    CsrKeyType KeyType = default,
    CsrHashAlgorithm HashAlgorithm = default,
    GoTime IssueTimestamp = default,
    GoTime ExpirationTimestamp = default,
    string SHA256Fingerprint = "",
    CertStatus CertStatus = default,
    string CertFilepath = "",
    string CACertBundleFilepath = "",
    string PrivateKeyFilepath = "") : ITopic<EnrolledCertificateStatus>
{
    public CSRProfile CSRProfile { get; init; } = CSRProfile ?? new();
    public ErrorDescription Error { get; init; } = Error ?? new();
    public CertDistinguishedName Subject { get; init; } = Subject ?? new();
    public CertDistinguishedName Issuer { get; init; } = Issuer ?? new();
    public CertSubjectAlternativeName SAN { get; init; } = SAN ?? new();

    public string Key => CertEnrollmentProfileName;
    public static JsonTypeInfo<EnrolledCertificateStatus> Json => EveJson.EnrolledCertificateStatus;
}

public enum CertStatus
{
    Unspecified = 0,
    Available = 1,
    Pending = 2,
    RenewalPending = 3,
    Expired = 4,
    Revoked = 5,
    EnrollmentFailed = 6,
    RenewalFailed = 7,
    InvalidConfig = 8,
}
