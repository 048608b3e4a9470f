using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using TlsAppliance.Events.Identity;

namespace TlsAppliance.Events.Tests.Identity;

public class HashLanesTests
{
    private const byte EndMark = 0x80;

    [Fact]
    public void Sha256_of_sixteen_messages_agrees_with_the_platform_at_every_length()
    {
        for (int length = 0; length < 3 * HashBlocks.Length; length++)
        {
            byte[][] messages = Messages(length);
            Vector512<uint>[] digest = new Vector512<uint>[Sha256Lanes.DigestWords];
            Sha256Lanes.Hash(Load(messages), digest);
            Assert.All(messages, (message, lane) => Assert.Equal(SHA256.HashData(message), Digest(digest, lane)));
        }
    }

    [Fact]
    public void Sha1_of_sixteen_messages_agrees_with_the_platform_at_every_length()
    {
        for (int length = 0; length <= Sha1Block.LongestMessage; length++)
        {
            byte[][] messages = Messages(length);
            Vector512<uint>[] digest = new Vector512<uint>[Sha1Lanes.DigestWords];
            Sha1Lanes.Hash(Load(messages), digest);
#pragma warning disable CA5350 // SHA-1 is what is tested.
            Assert.All(messages, (message, lane) => Assert.Equal(SHA1.HashData(message), Digest(digest, lane)));
#pragma warning restore CA5350
        }
    }

    private static byte[][] Messages(int length)
    {
        Random random = new(length);
        byte[][] messages = new byte[HashLanes.Count][];
        for (int lane = 0; lane < messages.Length; lane++)
        {
            messages[lane] = new byte[length];
            random.NextBytes(messages[lane]);
        }

        return messages;
    }

    private static Vector512<uint>[] Load(byte[][] messages)
    {
        int slot = (messages[0].Length + 1 + sizeof(ulong) + HashBlocks.Length - 1) / HashBlocks.Length * HashBlocks.Length;
        byte[] ready = new byte[messages.Length * slot];
        for (int lane = 0; lane < messages.Length; lane++)
        {
            Span<byte> own = ready.AsSpan(lane * slot, slot);
            messages[lane].CopyTo(own);
            own[messages[lane].Length] = EndMark;
            BinaryPrimitives.WriteUInt64BigEndian(own[(slot - sizeof(ulong))..], (ulong)messages[lane].Length * 8);
        }

        Vector512<uint>[] words = new Vector512<uint>[slot / sizeof(uint)];
        HashLanes.Load(ready, words);
        return words;
    }

    private static byte[] Digest(Vector512<uint>[] words, int lane)
    {
        byte[] digest = new byte[words.Length * sizeof(uint)];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(i * sizeof(uint)), words[i][lane]);
        }

        return digest;
    }
}
