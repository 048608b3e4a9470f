namespace TlsAppliance.Tls.Handshake;

/// <summary>Handshake messages (IANA "TLS HandshakeType"); unknown values keep their number.</summary>
internal enum HandshakeType : byte
{
    HelloRequest = 0,
    ClientHello = 1,
    ServerHello = 2,
    HelloVerifyRequest = 3,
    NewSessionTicket = 4,
    EndOfEarlyData = 5,

    /// <summary>Of TLS 1.3 drafts before 22; the standard's has the type and form of a ServerHello.</summary>
    HelloRetryRequest = 6,
    EncryptedExtensions = 8,
    Certificate = 11,
    ServerKeyExchange = 12,
    CertificateRequest = 13,
    ServerHelloDone = 14,
    CertificateVerify = 15,
    ClientKeyExchange = 16,
    Finished = 20,
    CertificateUrl = 21,
    CertificateStatus = 22,
    SupplementalData = 23,
    KeyUpdate = 24,
    CompressedCertificate = 25,
    NextProtocol = 67,
    MessageHash = 254,
}
