namespace TlsAppliance.Tls.Certificates;

/// <summary>How much of a certificate is kept. What is cut is marked by <see cref="CertificateAnomalies.Truncated"/>; the DER itself stays whole.</summary>
public static class CertificateBounds
{
    /// <summary>Encoded bytes of one text: an attribute of a name, an alternative name.</summary>
    public const int MaxTextBytes = 4096;

    /// <summary>Encoded bytes of all attributes of one name together, as far as they are kept.</summary>
    public const int MaxNameBytes = 32 * 1024;

    /// <summary>Attributes of one name.</summary>
    public const int MaxAttributes = 256;

    /// <summary>Alternative names of all kinds together.</summary>
    public const int MaxAlternativeNames = 16_384;

    /// <summary>Encoded bytes of all alternative names together.</summary>
    public const int MaxAlternativeNamesBytes = 512 * 1024;

    /// <summary>Octets of the serial number (RFC 5280 §4.1.2.2 allows 20).</summary>
    public const int MaxSerialNumberBytes = 256;
}
