using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Capture.Tests.Devices;

public class ReceiveHashTests
{
    private const int KeyLength = 40;

    [Theory]
    [InlineData(0x6d, 0x5a, true)]
    [InlineData(0x01, 0x02, true)]
    public void A_key_that_repeats_after_two_bytes_is_symmetric(byte first, byte second, bool symmetric) =>
        Assert.Equal(symmetric, new ReceiveHash([.. Enumerable.Range(0, KeyLength).Select(index => index % 2 == 0 ? first : second)], [0, 1], false).IsSymmetric);

    [Fact]
    public void Microsofts_own_key_is_not_symmetric()
    {
        byte[] key = Convert.FromHexString("6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa");
        Assert.False(new ReceiveHash(key, [0, 1], IsSymmetricTransform: false).IsSymmetric);
        Assert.True(new ReceiveHash(key, [0, 1], IsSymmetricTransform: true).IsSymmetric);
    }

    /// <summary>The reason for the rule: with such a key Toeplitz itself gives both directions the same hash, and with another it does not.</summary>
    [Fact]
    public void The_rule_holds_for_the_hash_itself()
    {
        byte[] forward = [10, 1, 2, 3, 192, 0, 2, 9, 0xc3, 0x50, 0x01, 0xbb];
        byte[] backward = [192, 0, 2, 9, 10, 1, 2, 3, 0x01, 0xbb, 0xc3, 0x50];
        byte[] symmetric = [.. Enumerable.Range(0, KeyLength).Select(index => (byte)(index % 2 == 0 ? 0x6d : 0x5a))];
        byte[] other = [.. Enumerable.Range(1, KeyLength).Select(index => (byte)(index * 37))];
        Assert.Equal(Toeplitz(symmetric, forward), Toeplitz(symmetric, backward));
        Assert.NotEqual(Toeplitz(other, forward), Toeplitz(other, backward));
        Assert.False(new ReceiveHash(other, [0, 1], false).IsSymmetric);
    }

    [Fact]
    public void Counts_the_queues_that_the_table_names() => Assert.Equal(2, new ReceiveHash([], [0, 3, 0, 3], false).UsedQueues);

    private static uint Toeplitz(byte[] key, byte[] input)
    {
        uint hash = 0;
        for (int bit = 0; bit < input.Length * 8; bit++)
        {
            if ((input[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                hash ^= Enumerable.Range(bit, 32).Aggregate(0u, (window, position) => (window << 1) | (uint)((key[position / 8] >> (7 - (position % 8))) & 1));
            }
        }

        return hash;
    }
}
