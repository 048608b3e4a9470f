using System.Buffers.Binary;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// QUIC long header (RFC 8999 §5.1): form and type (1), version (4), destination and source connection id with their lengths (1 each).
/// Short headers cannot be told from random bytes and stay plain UDP.
/// </summary>
internal static class QuicHeader
{
    private const int MinimumLength = 7;
    private const int VersionOffset = 1;
    private const int LongForm = 0x80;
    private const int FixedBit = 0x40;
    private const int MaximumConnectionId = 20;

    private const uint Negotiation = 0;
    private const uint Version1 = 0x0000_0001;
    private const uint Version2 = 0x6B33_43CF;
    private const uint DraftMask = 0xFFFF_FF00;
    private const uint Drafts = 0xFF00_0000;
    private const uint FacebookDrafts = 0xFACE_B000;
    private const uint GreaseMask = 0x0F0F_0F0F;
    private const uint Grease = 0x0A0A_0A0A;

    /// <summary>"Q0…" and "T05…", Google's versions.</summary>
    private const uint GoogleMask = 0xFFFF_0000;
    private const uint GoogleQ = 0x5130_0000;
    private const uint GoogleT = 0x5430_0000;

    public static bool IsLongHeader(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MinimumLength || (payload[0] & LongForm) == 0)
        {
            return false;
        }

        uint version = Version(payload);
        return IsKnown(version) && ((payload[0] & FixedBit) != 0 || version == Negotiation) && ConnectionIdsFit(payload);
    }

    /// <summary>Packet type Initial: 0 (RFC 9000 §17.2), 1 in version 2 (RFC 9369 §3.2).</summary>
    public static bool IsInitial(ReadOnlySpan<byte> payload)
    {
        uint version = Version(payload);
        bool isNumbered = version is Version1 or Version2 || (version & DraftMask) is Drafts or FacebookDrafts;
        return isNumbered && (payload[0] >> 4 & 3) == (version == Version2 ? 1 : 0);
    }

    private static uint Version(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadUInt32BigEndian(payload[VersionOffset..]);

    private static bool IsKnown(uint version) =>
        version is Negotiation or Version1 or Version2
        || (version & DraftMask) is Drafts or FacebookDrafts
        || (version & GreaseMask) == Grease
        || (version & GoogleMask) is GoogleQ or GoogleT;

    private static bool ConnectionIdsFit(ReadOnlySpan<byte> payload)
    {
        int destination = payload[5];
        int sourceAt = 6 + destination;
        return destination <= MaximumConnectionId && sourceAt < payload.Length
            && payload[sourceAt] <= MaximumConnectionId && sourceAt + payload[sourceAt] < payload.Length;
    }
}
