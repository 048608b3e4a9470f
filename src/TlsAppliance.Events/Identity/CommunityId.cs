using System.Buffers.Binary;
using System.Buffers.Text;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Events.Identity;

/// <summary>Community ID v1: <c>1:</c> and the base64 form of the SHA-1 over seed, addresses, protocol, a zero byte and ports.</summary>
internal static class CommunityId
{
    /// <summary>Bytes of the text.</summary>
    internal const int Length = 30;

    /// <summary>Bytes of the hash in it.</summary>
    internal const int DigestLength = Sha1Block.DigestLength;

    private const int SeedLength = 2;

    /// <summary>Bytes of what is hashed, with IPv6.</summary>
    internal const int LongestMessage = SeedLength + 16 + 16 + 2 + 2 + 2;

    /// <summary>What is hashed. The flow key is in canonical order already: lower address and port first.</summary>
    /// <returns>Bytes written.</returns>
    internal static int WriteMessage(in FlowKey key, ushort seed, Span<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message, seed);
        int length = SeedLength;
        length += WriteAddress(key.LowAddress, key.IpVersion, message[length..]);
        length += WriteAddress(key.HighAddress, key.IpVersion, message[length..]);
        message[length++] = key.Protocol;
        message[length++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[length..], key.LowPort);
        BinaryPrimitives.WriteUInt16BigEndian(message[(length + 2)..], key.HighPort);
        return length + 4;
    }

    /// <summary>In two pieces: from 16 bytes on the runtime uses vectors, by code that each process compiles for itself.</summary>
    internal static void WriteText(ReadOnlySpan<byte> digest, Span<byte> text)
    {
        const int First = 15;
        "1:"u8.CopyTo(text);
        Base64.EncodeToUtf8(digest[..First], text[2..Length], out _, out int written, isFinalBlock: false);
        Base64.EncodeToUtf8(digest[First..], text[(2 + written)..Length], out _, out _);
    }

    private static int WriteAddress(in IpAddress address, byte ipVersion, Span<byte> destination)
    {
        if (ipVersion == 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, address.Ipv4);
            return sizeof(uint);
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(ulong)..], address.Low);
        return 2 * sizeof(ulong);
    }
}
