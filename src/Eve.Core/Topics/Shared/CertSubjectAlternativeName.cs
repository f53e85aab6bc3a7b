namespace Eve.Topics;

public sealed record CertSubjectAlternativeName(
    ValueList<string> DNSNames = default,
    ValueList<string> EmailAddresses = default,
    ValueList<string> IPAddresses = default,
    ValueList<string> URIs = default);
