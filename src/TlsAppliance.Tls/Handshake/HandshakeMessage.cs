namespace TlsAppliance.Tls.Handshake;

/// <summary>A handshake message that has passed by.</summary>
internal readonly ref struct HandshakeMessage
{
    public HandshakeMessage(HandshakeType type, ReadOnlySpan<byte> body, bool isSkipped = false)
    {
        Type = type;
        Body = body;
        IsSkipped = isSkipped;
    }

    public HandshakeType Type { get; }

    /// <summary>As much of the body as its type needs; borrowed until the reader goes on.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The message was longer than the bound, or damaged by a hole: there is no body.</summary>
    public bool IsSkipped { get; }
}
