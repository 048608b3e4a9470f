using System.Numerics;
using CsCheck;
using TlsAppliance.Capture.Files;

namespace TlsAppliance.Capture.Tests.Files;

public sealed class TimestampUnitTests
{
    [Theory]
    [InlineData(6, 0, 1_700_000_000_123_456, 1_700_000_000_123_456_000)]
    [InlineData(9, 0, 1_700_000_000_123_456_789, 1_700_000_000_123_456_789)]
    [InlineData(0, 0, 1_700_000_000, 1_700_000_000_000_000_000)]
    [InlineData(12, 0, 1_999, 1)]
    [InlineData(0x80, 0, 3, 3_000_000_000)]
    [InlineData(0x80 | 20, 0, 1 << 19, 500_000_000)]
    [InlineData(6, 10, 1, 10_000_001_000)]
    [InlineData(6, -1, 0, -1_000_000_000)]
    public void Counts_in_powers_of_ten_and_of_two(byte resolution, long offset, ulong ticks, long nanoseconds)
    {
        Assert.Equal(nanoseconds, new TimestampUnit(resolution, offset).ToNanoseconds(ticks));
    }

    [Theory]
    [InlineData(6, 0, ulong.MaxValue, long.MaxValue)]
    [InlineData(0, long.MaxValue, ulong.MaxValue, long.MaxValue)]
    [InlineData(0, long.MinValue, 0, long.MinValue)]
    [InlineData(0x7f, 0, ulong.MaxValue, 0)]
    [InlineData(0xff, 0, ulong.MaxValue, 0)]
    public void N18_saturates_beyond_the_range_of_time(byte resolution, long offset, ulong ticks, long nanoseconds)
    {
        Assert.Equal(nanoseconds, new TimestampUnit(resolution, offset).ToNanoseconds(ticks));
    }

    [Fact]
    public void Agrees_with_exact_arithmetic_for_any_unit()
    {
        Gen.Select(Gen.Byte, Gen.OneOf(Gen.Const(0L), Gen.Long), Gen.ULong).Sample(
            (resolution, offset, ticks) => new TimestampUnit(resolution, offset).ToNanoseconds(ticks) == Exact(resolution, offset, ticks),
            seed: "000000000001", iter: 10_000);
    }

    private static long Exact(byte resolution, long offset, ulong ticks)
    {
        BigInteger perSecond = BigInteger.Pow((resolution & 0x80) != 0 ? 2 : 10, resolution & 0x7f);
        BigInteger nanoseconds = (ticks * BigInteger.Pow(10, 9) / perSecond) + (offset * BigInteger.Pow(10, 9));
        return (long)BigInteger.Max(long.MinValue, BigInteger.Min(long.MaxValue, nanoseconds));
    }
}
