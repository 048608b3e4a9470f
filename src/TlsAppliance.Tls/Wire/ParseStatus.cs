namespace TlsAppliance.Tls.Wire;

/// <summary>What became of an attempt to read something from the wire. Odd bytes are a value here, never an exception.</summary>
public enum ParseStatus : byte
{
    /// <summary>Read to its end.</summary>
    Complete = 0,

    /// <summary>Well-formed as far as it goes; more bytes are needed.</summary>
    Incomplete,

    /// <summary>Does not follow its structure, and no further byte can change that.</summary>
    Malformed,
}
