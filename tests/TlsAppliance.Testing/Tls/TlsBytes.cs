namespace TlsAppliance.Testing.Tls;

/// <summary>Records and messages of a handshake as they stand on the wire.</summary>
public static class TlsBytes
{
    public const byte ChangeCipherSpecType = 20;
    public const byte AlertType = 21;
    public const byte HandshakeType = 22;
    public const byte ApplicationDataType = 23;

    public static byte[] Record(byte type, byte[] fragment, int version = 0x0303) => new WireWriter()
        .UInt8(type)
        .UInt16(version)         // legacy_record_version
        .Vector16(fragment)
        .ToArray();

    /// <summary>One message without a record around it.</summary>
    public static byte[] Message(byte type, params byte[] body) => new WireWriter()
        .UInt8(type)             // msg_type
        .Vector24(body)
        .ToArray();

    /// <summary>One message in one record.</summary>
    public static byte[] Handshake(byte type, params byte[] body) => Record(HandshakeType, Message(type, body));

    /// <summary>Messages that share records of at most <paramref name="fragment"/> bytes.</summary>
    public static byte[] Fragmented(byte[] messages, int fragment) =>
        [.. messages.Chunk(fragment).SelectMany(piece => Record(HandshakeType, piece))];

    public static byte[] Alert(byte level, byte description) => Record(AlertType, [level, description]);

    public static byte[] ChangeCipherSpec() => Record(ChangeCipherSpecType, [1]);

    public static byte[] ApplicationData(int length = 64) => Record(ApplicationDataType, Filler(length));

    /// <summary>A Finished after ChangeCipherSpec: a handshake record whose bytes mean nothing.</summary>
    public static byte[] EncryptedFinished() => Record(HandshakeType, Filler(40));

    public static byte[] CertificateBody(params byte[][] certificates)
    {
        WireWriter list = new();
        foreach (byte[] certificate in certificates)
        {
            list.Vector24(certificate);
        }

        return new WireWriter().Vector24(list.ToArray()).ToArray();
    }

    public static byte[] Certificate(params byte[][] certificates) => Handshake(11, CertificateBody(certificates));

    public static byte[] ServerKeyExchange(ushort namedCurve = 0x001D) => Handshake(12, new WireWriter()
        .UInt8(3 /* curve_type named_curve */).UInt16(namedCurve).Vector8(Filler(32)).Bytes(Filler(68)).ToArray());

    public static byte[] CertificateRequest() => Handshake(13, new WireWriter().Vector8(1).Vector16(4, 1).Vector16().ToArray());

    public static byte[] ServerHelloDone() => Handshake(14);

    public static byte[] CertificateVerify() => Handshake(15, Filler(64));

    public static byte[] ClientKeyExchange() => Handshake(16, Filler(33));

    public static byte[] NewSessionTicket() => Handshake(4, Filler(100));

    public static byte[] CertificateStatus(byte responseStatus) => Handshake(22, new WireWriter()
        .UInt8(1 /* status_type ocsp */)
        .Vector24(0x30, 0x03, 0x0A, 0x01, responseStatus)
        .ToArray());

    /// <summary>ClientHello in SSLv2 framing (RFC 5246 Appendix E.2).</summary>
    public static byte[] Ssl2ClientHello(int version, byte[] cipherSpecs, byte[] sessionId, byte[] challenge, int? padding = null)
    {
        WireWriter body = new WireWriter()
            .UInt8(1)                    // msg_type
            .UInt16(version)
            .UInt16(cipherSpecs.Length)
            .UInt16(sessionId.Length)
            .UInt16(challenge.Length)
            .Bytes(cipherSpecs)
            .Bytes(sessionId)
            .Bytes(challenge);
        int length = body.ToArray().Length + (padding ?? 0);
        WireWriter head = padding is null ? new WireWriter().UInt16(0x8000 | length) : new WireWriter().UInt16(length).UInt8(padding.Value);
        return head.Bytes(body.ToArray()).Bytes(new byte[padding ?? 0]).ToArray();
    }

    /// <summary>Bytes that are easy to find again where they must not be.</summary>
    public static byte[] Filler(int length) => [.. Enumerable.Repeat((byte)0xA5, length)];
}
