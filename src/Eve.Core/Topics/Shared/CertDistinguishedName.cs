namespace Eve.Topics;

public sealed record CertDistinguishedName(
    string CommonName = "",
    string SerialNumber = "",
    ValueList<string> Organization = default,
    ValueList<string> OrganizationalUnit = default,
    ValueList<string> Country = default,
    ValueList<string> State = default,
    ValueList<string> Locality = default);
