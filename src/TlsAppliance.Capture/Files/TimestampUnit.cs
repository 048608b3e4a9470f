namespace TlsAppliance.Capture.Files;

/// <summary>
/// The unit that an interface counts time in (draft-ietf-opsawg-pcapng §4.2, if_tsresol and if_tsoffset): a power of ten or of two, and whole
/// seconds to add. Whatever a file claims, the result is a time: values beyond the range saturate.
/// </summary>
internal readonly struct TimestampUnit
{
    /// <summary>if_tsresol of an interface that does not say: microseconds.</summary>
    public const byte Microseconds = 6;

    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const byte PowerOfTwoFlag = 0x80;
    private const byte ExponentMask = 0x7f;
    private const int NanosecondExponent = 9;

    /// <summary>The largest power of ten in 128 bits. Any 64-bit count of such ticks, or of smaller ones, is less than a nanosecond.</summary>
    private const int LargestDecimalExponent = 38;

    private readonly ulong _nanosecondsPerTick;
    private readonly UInt128 _ticksPerSecond;
    private readonly Int128 _offset;

    /// <summary>Counts below it are a plain multiplication; 0 when none is.</summary>
    private readonly ulong _plainBelow;

    public TimestampUnit(byte resolution, long offsetSeconds)
    {
        int exponent = resolution & ExponentMask;
        bool isPowerOfTwo = (resolution & PowerOfTwoFlag) != 0;
        _ticksPerSecond = isPowerOfTwo ? UInt128.One << exponent : PowerOfTen(Math.Min(exponent, LargestDecimalExponent));
        _nanosecondsPerTick = !isPowerOfTwo && exponent <= NanosecondExponent ? NanosecondsPerSecond / (ulong)_ticksPerSecond : 0;
        _offset = (Int128)offsetSeconds * NanosecondsPerSecond;
        _plainBelow = _nanosecondsPerTick != 0 && _offset == 0 ? long.MaxValue / _nanosecondsPerTick : 0;
    }

    private static UInt128 PowerOfTen(int exponent)
    {
        UInt128 power = UInt128.One;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public long ToNanoseconds(ulong ticks) => ticks < _plainBelow ? (long)(ticks * _nanosecondsPerTick) : ToNanosecondsSaturated(ticks);

    /// <summary>64 bits times 10^9 are 94 bits at most, so nothing here overflows.</summary>
    private long ToNanosecondsSaturated(ulong ticks)
    {
        UInt128 sinceOffset = (UInt128)ticks * NanosecondsPerSecond / _ticksPerSecond;
        return (long)Int128.Clamp((Int128)sinceOffset + _offset, long.MinValue, long.MaxValue);
    }
}
