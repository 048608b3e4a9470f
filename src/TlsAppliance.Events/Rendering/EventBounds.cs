namespace TlsAppliance.Events.Rendering;

/// <summary>
/// Bounds of an event. What is longer is cut and named in <c>tls_appliance.truncated</c>. Elasticsearch takes documents of 100 MB, but one keyword
/// of more than 32,766 bytes makes it refuse the whole event.
/// </summary>
internal static class EventBounds
{
    /// <summary>Escaped bytes of one text.</summary>
    internal const int TextBytes = 4096;

    /// <summary>Entries of one list; a certificate with more names, or a hello with more suites, has been made to hurt.</summary>
    internal const int ListEntries = 1024;

    /// <summary>Written bytes of one list.</summary>
    internal const int ListBytes = 32 * 1024;

    /// <summary>DER bytes of one certificate that is shown in PEM form.</summary>
    internal const int RawCertificateBytes = 64 * 1024;

    /// <summary>DER bytes of all certificates of a side that are shown in PEM form.</summary>
    internal const int RawChainBytes = 128 * 1024;

    /// <summary>Certificates of one chain.</summary>
    internal const int ChainEntries = 64;

    /// <summary>Contents octets of a serial number that is printed in decimal; RFC 5280 §4.1.2.2 allows 20.</summary>
    internal const int DecimalSerialBytes = 128;

    /// <summary>Bytes of a whole event. What would be longer is written without certificate chains, then without the details of the hellos.</summary>
    internal const int EventBytes = 1024 * 1024;
}
