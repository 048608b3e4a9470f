namespace TlsAppliance.Tls.Records;

/// <summary>What a record carries (RFC 8446 §5.1, RFC 6520 for heartbeat); unknown values keep their number.</summary>
internal enum ContentType : byte
{
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,
    Heartbeat = 24,
}
