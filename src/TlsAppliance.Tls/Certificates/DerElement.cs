namespace TlsAppliance.Tls.Certificates;

/// <summary>One tag-length-value, without a copy.</summary>
internal readonly ref struct DerElement(byte tag, ReadOnlySpan<byte> contents, ReadOnlySpan<byte> encoded)
{
    internal byte Tag { get; } = tag;

    internal ReadOnlySpan<byte> Contents { get; } = contents;

    /// <summary>Tag and length included.</summary>
    internal ReadOnlySpan<byte> Encoded { get; } = encoded;
}
