using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Eve.Agents.Shared;

namespace Eve.Agents.Tpmmgr;

/// <summary>What a device's certificates say (device-agents.md 3.5).</summary>
internal static class CertificateForms
{
    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1", ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    const string Organization = "The Linux Foundation";
    const int YearsOfLife = 20;

    /// <summary>No device of ours was made before: a clock that says so is wrong.</summary>
    public static readonly DateTimeOffset EarliestClock = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The device's own, signed by itself.</summary>
    public static X509Certificate2 Device(ECDsa key, DateTimeOffset now, byte[] serial)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName(Organization);
        name.AddCommonName("EVE");
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(ClientAuthentication), new(ServerAuthentication)], critical: false));
        return request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddDays(-1), now.AddYears(YearsOfLife), serial);
    }

    /// <summary>One for a single purpose, signed by the device and valid as long.</summary>
    public static X509Certificate2 Signed(string commonName, ECDsa key, DeviceIdentity device, byte[] serial)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCountryOrRegion("US");
        name.AddStateOrProvinceName("CA");
        name.AddLocalityName("San Francisco");
        name.AddOrganizationName(Organization);
        name.AddCommonName(commonName);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(ServerAuthentication)], critical: false));
        return request.Create(
            device.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(device.Key), device.Certificate.NotBefore, device.Certificate.NotAfter, serial);
    }
}
