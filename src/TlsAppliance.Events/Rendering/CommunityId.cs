using System.Buffers.Binary;
using System.Buffers.Text;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Events.Rendering;

/// <summary>Community ID v1: <c>1:</c> and the base64 form of the SHA-1 over seed, addresses, protocol, a zero byte and ports.</summary>
internal static class CommunityId
{
    internal const int Length = 30;

    private const int SeedLength = 2;
    private const int LongestInput = SeedLength + 16 + 16 + 2 + 2 + 2;

    /// <summary>The flow key is in canonical order already: lower address and port first.</summary>
    internal static void Write(in FlowKey key, Span<byte> destination, ushort seed = 0)
    {
        Span<byte> input = stackalloc byte[LongestInput];
        BinaryPrimitives.WriteUInt16BigEndian(input, seed);
        int length = SeedLength;
        length += WriteAddress(key.LowAddress, key.IpVersion, input[length..]);
        length += WriteAddress(key.HighAddress, key.IpVersion, input[length..]);
        input[length++] = key.Protocol;
        input[length++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(input[length..], key.LowPort);
        BinaryPrimitives.WriteUInt16BigEndian(input[(length + 2)..], key.HighPort);
        length += 4;

        Span<byte> digest = stackalloc byte[Sha1Block.DigestLength];
        Sha1Block.Hash(input[..length], digest);
        "1:"u8.CopyTo(destination);
        Base64.EncodeToUtf8(digest, destination[2..Length], out _, out _);
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
