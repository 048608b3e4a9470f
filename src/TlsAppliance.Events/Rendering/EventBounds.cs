namespace TlsAppliance.Events.Rendering;

/// <summary>
/// Bounds of an event. What is longer is cut and named in <c>tls_appliance.truncated</c>.
/// </summary>
internal static class EventBounds
{
    /// <summary>Escaped bytes of one text.</summary>
    internal const int TextBytes = 4096;

    /// <summary>Entries of one list; a hello with more suites has been made to hurt.</summary>
    internal const int ListEntries = 1024;

    /// <summary>Written bytes of one list.</summary>
    internal const int ListBytes = 32 * 1024;

    /// <summary>Names of a certificate; ten thousand have been seen.</summary>
    internal const int NameEntries = 16 * 1024;

    /// <summary>Written bytes of the names of a certificate.</summary>
    internal const int NameBytes = 512 * 1024;

    /// <summary>DER bytes of the certificates of a side that are shown in PEM form.</summary>
    internal const int RawBytes = 512 * 1024;

    /// <summary>Certificates of one chain.</summary>
    internal const int ChainEntries = 64;

    /// <summary>Contents octets of a serial number that is printed in decimal; RFC 5280 §4.1.2.2 allows 20.</summary>
    internal const int DecimalSerialBytes = 128;

    /// <summary>Bytes of a whole event. What would be longer is written without certificate chains, then without the details of the hellos.</summary>
    internal const int EventBytes = 1024 * 1024;
}
