using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>
/// status_request of a client (RFC 6066 §8): <c>status_type</c> 1, <c>responder_id_list</c> 2+n, <c>request_extensions</c> 2+n. A server's is empty
/// and has nothing to read.
/// </summary>
public readonly struct StatusRequest
{
    /// <summary><c>CertificateStatusType</c> ocsp.</summary>
    public const byte Ocsp = 1;

    private StatusRequest(byte type, int responderIdListLength, int requestExtensionsLength)
    {
        Type = type;
        ResponderIdListLength = responderIdListLength;
        RequestExtensionsLength = requestExtensionsLength;
    }

    public byte Type { get; }

    /// <summary>Bytes, as declared.</summary>
    public int ResponderIdListLength { get; }

    /// <summary>Bytes, as declared; 0 when the extension ends before.</summary>
    public int RequestExtensionsLength { get; }

    /// <summary>False when the extension ends before the length of the responder list.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out StatusRequest request)
    {
        request = default;
        WireReader reader = new(body);
        if (!reader.TryReadByte(out byte type) || !reader.TryReadUInt16(out ushort responders))
        {
            return false;
        }

        ushort extensions = 0;
        _ = reader.TryReadBytes(responders, out _) && reader.TryReadUInt16(out extensions);
        request = new StatusRequest(type, responders, extensions);
        return true;
    }
}
