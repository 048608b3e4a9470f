namespace TlsAppliance.Tls.Fingerprints;

/// <summary>The four forms of a JA4.</summary>
public enum Ja4Form : byte
{
    /// <summary><c>ja4</c>: sorted, hashed.</summary>
    Hash,

    /// <summary><c>ja4_r</c>: sorted, in full.</summary>
    Raw,

    /// <summary><c>ja4_o</c>: in the order of the wire, hashed.</summary>
    OriginalHash,

    /// <summary><c>ja4_ro</c>: in the order of the wire, in full.</summary>
    OriginalRaw,
}
