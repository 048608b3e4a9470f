using System.Security.Cryptography;
using TlsAppliance.Events.Identity;

namespace TlsAppliance.Events.Tests.Identity;

public class Sha1BlockTests
{
    [Fact]
    public void Agrees_with_the_platform_at_every_length()
    {
        byte[] message = [.. Enumerable.Range(1, Sha1Block.LongestMessage).Select(i => (byte)(i * 37))];
        byte[] digest = new byte[Sha1Block.DigestLength];
        for (int length = 0; length <= message.Length; length++)
        {
            Sha1Block.Hash(message.AsSpan(0, length), digest);
#pragma warning disable CA5350 // SHA-1 is what is tested.
            Assert.Equal(SHA1.HashData(message.AsSpan(0, length)), digest);
#pragma warning restore CA5350
        }
    }
}
