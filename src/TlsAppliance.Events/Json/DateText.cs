namespace TlsAppliance.Events.Json;

/// <summary>Points in time as <c>2017-11-30T16:52:06.000Z</c> (RFC 3339, UTC, milliseconds), also before 1970 and in the year 0.</summary>
internal static class DateText
{
    internal const int Length = 24;

    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long MillisecondsPerSecond = 1000;
    private const long SecondsPerDay = 86_400;

    /// <summary>Writes a time in nanoseconds since 1970-01-01T00:00:00Z, rounded down.</summary>
    internal static void WriteNanoseconds(long time, Span<byte> destination)
    {
        (long milliseconds, _) = FloorDivide(time, NanosecondsPerMillisecond);
        (long seconds, long rest) = FloorDivide(milliseconds, MillisecondsPerSecond);
        WriteSeconds(seconds, (int)rest, destination);
    }

    /// <summary>Writes a time in seconds since 1970-01-01T00:00:00Z; years 0 to 9999.</summary>
    internal static void WriteSeconds(long seconds, int milliseconds, Span<byte> destination)
    {
        (long days, long rest) = FloorDivide(seconds, SecondsPerDay);
        (int year, int month, int day) = FromDays(days);
        Write(year, destination[..4]);
        destination[4] = (byte)'-';
        Write(month, destination[5..7]);
        destination[7] = (byte)'-';
        Write(day, destination[8..10]);
        destination[10] = (byte)'T';
        Write((int)(rest / 3600), destination[11..13]);
        destination[13] = (byte)':';
        Write((int)(rest / 60 % 60), destination[14..16]);
        destination[16] = (byte)':';
        Write((int)(rest % 60), destination[17..19]);
        destination[19] = (byte)'.';
        Write(milliseconds, destination[20..23]);
        destination[23] = (byte)'Z';
    }

    /// <summary>
    /// Day number to Gregorian date. Counted from 0000-03-01 in eras of 400 years (146,097 days), the leap day is the last of a year and the month
    /// follows from the day by a line of slope 153/5.
    /// </summary>
    private static (int Year, int Month, int Day) FromDays(long days)
    {
        const int DaysFromEraToEpoch = 719_468, DaysPerEra = 146_097;
        (long era, long dayOfEra) = FloorDivide(days + DaysFromEraToEpoch, DaysPerEra);
        long yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        int day = (int)(dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1);
        int month = (int)(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
        return ((int)((era * 400) + yearOfEra) + (month <= 2 ? 1 : 0), month, day);
    }

    private static void Write(int value, Span<byte> digits)
    {
        for (int i = digits.Length - 1; i >= 0; i--, value /= 10)
        {
            digits[i] = (byte)('0' + (value % 10));
        }
    }

    private static (long Quotient, long Remainder) FloorDivide(long value, long divisor)
    {
        (long quotient, long remainder) = Math.DivRem(value, divisor);
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder);
    }
}
