using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>Head of a handshake message (RFC 8446 §4): <c>msg_type</c> 1, <c>length</c> 3.</summary>
internal readonly record struct HandshakeHeader(HandshakeType Type, int Length)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 4;

    /// <summary>False when the bytes end inside the header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HandshakeHeader header)
    {
        WireReader reader = new(bytes);
        bool complete = reader.TryReadByte(out byte type) & reader.TryReadUInt24(out int length);
        header = complete ? new HandshakeHeader((HandshakeType)type, length) : default;
        return complete;
    }

    /// <summary>True for the messages that a handshake sends in the clear.</summary>
    public static bool IsKnown(byte type) => (HandshakeType)type is
        HandshakeType.HelloRequest or HandshakeType.ClientHello or HandshakeType.ServerHello or HandshakeType.NewSessionTicket
        or HandshakeType.HelloRetryRequest or HandshakeType.Certificate or HandshakeType.ServerKeyExchange
        or HandshakeType.CertificateRequest or HandshakeType.ServerHelloDone or HandshakeType.CertificateVerify
        or HandshakeType.ClientKeyExchange or HandshakeType.CertificateUrl or HandshakeType.CertificateStatus
        or HandshakeType.SupplementalData;
}
