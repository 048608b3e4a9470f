using System.Buffers.Binary;

namespace TlsAppliance.Network.Headers;

/// <summary>DTLS record (RFC 6347 §4.1): content type (1), version (2), epoch (2), sequence number (6), length (2).</summary>
internal static class DtlsHeader
{
    private const int Length = 13;
    private const int LengthOffset = 11;

    /// <summary>DTLS 1.0, 1.2, and the number that OpenSSL used before the standard.</summary>
    private const int Version10 = 0xFEFF;
    private const int Version12 = 0xFEFD;
    private const int VersionOpenSsl = 0x0100;

    public static bool Fits(ReadOnlySpan<byte> payload, int missing) =>
        payload.Length >= Length
        && payload[0] is >= 20 and <= 25
        && (BinaryPrimitives.ReadUInt16BigEndian(payload[1..]) is Version10 or Version12 || IsOpenSsl(payload))
        && Length + BinaryPrimitives.ReadUInt16BigEndian(payload[LengthOffset..]) <= payload.Length + missing;

    /// <summary>
    /// The number is that of many other protocols' fields (LLMNR), so the first epochs and sequence numbers are asked for as well.
    /// </summary>
    private static bool IsOpenSsl(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt16BigEndian(payload[1..]) == VersionOpenSsl && payload[3] == 0 && payload[5] == 0 && payload[6] == 0;
}
