namespace TlsAppliance.Tls.Handshake;

/// <summary>How the extension block of a hello was found.</summary>
public enum ExtensionBlockState : byte
{
    /// <summary>The hello ends after the compression methods.</summary>
    Absent = 0,

    /// <summary>A length of zero.</summary>
    Empty = 1,

    Present = 2,

    /// <summary>A header or body runs past the end: extensions are not shown, JA3 is computed with empty lists.</summary>
    Malformed = 3,
}
