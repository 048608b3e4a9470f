namespace TlsAppliance.Events.Fields;

/// <summary>Options that must be set for a field to be there at all.</summary>
[Flags]
public enum FieldConditions : byte
{
    None = 0,

    /// <summary><c>include_detailed_fields</c></summary>
    Detailed = 1 << 0,

    /// <summary><c>send_certificates</c></summary>
    Certificates = 1 << 1,

    /// <summary><c>include_raw_certificates</c></summary>
    RawCertificates = 1 << 2,

    /// <summary><c>fingerprints</c> names the digest.</summary>
    Md5 = 1 << 3,
    Sha1 = 1 << 4,
    Sha256 = 1 << 5,

    /// <summary>There is a database of places.</summary>
    Places = 1 << 6,
}
