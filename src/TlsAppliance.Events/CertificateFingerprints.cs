namespace TlsAppliance.Events;

/// <summary>Digests of the first certificate that an event shows.</summary>
[Flags]
public enum CertificateFingerprints : byte
{
    None = 0,
    Md5 = 1,
    Sha1 = 2,
    Sha256 = 4,
}
