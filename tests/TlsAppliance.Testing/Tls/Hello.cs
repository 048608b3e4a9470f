namespace TlsAppliance.Testing.Tls;

/// <summary>Bodies of hello messages with plain values, to be varied with <c>with</c>.</summary>
public sealed record Hello
{
    /// <summary>SHA-256 of "HelloRetryRequest" (RFC 8446 §4.1.3).</summary>
    private static readonly byte[] RetryRandom = Convert.FromHexString("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C");

    public ushort LegacyVersion { get; init; } = 0x0303;

    public byte[] Random { get; init; } = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    public byte[] SessionId { get; init; } = [];

    /// <summary>A server's hello has the first one.</summary>
    public ushort[] CipherSuites { get; init; } = [0xC02F, 0xC030];

    /// <summary>A server's hello has the first one.</summary>
    public byte[] CompressionMethods { get; init; } = [0];

    /// <summary>Null: the block is absent.</summary>
    public Extension[]? Extensions { get; init; } = [];

    public byte[] ClientBody() => WithExtensions(new WireWriter()
        .UInt16(LegacyVersion)
        .Bytes(Random)
        .Vector8(SessionId)
        .Vector16(new WireWriter().CodePoints(CipherSuites).ToArray())
        .Vector8(CompressionMethods));

    public byte[] ServerBody() => WithExtensions(new WireWriter()
        .UInt16(LegacyVersion)
        .Bytes(Random)
        .Vector8(SessionId)
        .UInt16(CipherSuites[0])
        .UInt8(CompressionMethods[0]));

    public byte[] RetryBody() => (this with { Random = RetryRandom }).ServerBody();

    /// <summary>Record with a ClientHello.</summary>
    public byte[] Client() => TlsBytes.Handshake(1, ClientBody());

    /// <summary>Record with a ServerHello.</summary>
    public byte[] Server() => TlsBytes.Handshake(2, ServerBody());

    /// <summary>Record with a HelloRetryRequest.</summary>
    public byte[] Retry() => TlsBytes.Handshake(2, RetryBody());

    private byte[] WithExtensions(WireWriter hello) =>
        (Extensions is null ? hello : hello.Vector16(Block(Extensions))).ToArray();

    private static byte[] Block(Extension[] extensions)
    {
        WireWriter block = new();
        foreach (Extension extension in extensions)
        {
            block.UInt16(extension.Type).Vector16(extension.Body);
        }

        return block.ToArray();
    }
}
