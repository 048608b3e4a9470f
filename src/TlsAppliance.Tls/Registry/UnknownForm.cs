namespace TlsAppliance.Tls.Registry;

/// <summary>How a registry prints a value without a name.</summary>
internal enum UnknownForm
{
    /// <summary><c>(unknown:0x1a2b)</c></summary>
    HexWord,

    /// <summary><c>(unknown:0x1a)</c></summary>
    HexByte,

    /// <summary><c>(unknown:26)</c></summary>
    Decimal,

    /// <summary><c>26</c></summary>
    Number,
}
