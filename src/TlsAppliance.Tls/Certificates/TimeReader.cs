using System.Globalization;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Reads UTCTime and GeneralizedTime (RFC 5280 §4.1.2.5) as seconds since 1970-01-01T00:00:00Z. Missing seconds, offsets and fractions are understood;
/// a date that does not exist is not read. The calendar starts at year 0, which <see cref="DateTime"/> does not know.
/// </summary>
internal static class TimeReader
{
    private const int UtcTimeYearDigits = 2;
    private const int GeneralizedTimeYearDigits = 4;

    /// <summary>UTCTime: years from here on are of the 20th century.</summary>
    private const int FirstYearOf1900 = 50;

    private const int SecondsPerDay = 86_400;
    private const int DaysOf400Years = 146_097;
    private const int DaysFromMarchOfYear0To1970 = 719_468;

    /// <summary>Null: no time. <paramref name="isStrict"/>: in the one form that RFC 5280 allows.</summary>
    internal static long? Read(in DerElement element, out bool isStrict)
    {
        int yearDigits = element.Tag switch
        {
            DerTag.UtcTime => UtcTimeYearDigits,
            DerTag.GeneralizedTime => GeneralizedTimeYearDigits,
            _ => 0,
        };
        isStrict = element.Contents.Length == yearDigits + "MMDDhhmmssZ".Length && element.Contents[^1] == 'Z';
        return yearDigits == 0 ? null : Read(element.Contents, yearDigits);
    }

    private static long? Read(ReadOnlySpan<byte> text, int yearDigits)
    {
        if (TakeNumber(ref text, yearDigits) is not { } year ||
            TakeNumber(ref text, 2) is not ({ } month and >= 1 and <= 12) ||
            TakeNumber(ref text, 2) is not ({ } day and >= 1) ||
            TakeNumber(ref text, 2) is not ({ } hour and <= 23))
        {
            return null;
        }

        if (yearDigits == UtcTimeYearDigits)
        {
            year += year >= FirstYearOf1900 ? 1900 : 2000;
        }

        if (day > DaysInMonth(year, month) || TakeMinutesAndSeconds(ref text) is not { } seconds || TakeOffset(ref text) is not { } offset)
        {
            return null;
        }

        return (DaysSince1970(year, month, day) * SecondsPerDay) + (hour * 3600) + seconds - offset;
    }

    private static int? TakeMinutesAndSeconds(ref ReadOnlySpan<byte> text)
    {
        int minutes = 0;
        int seconds = 0;
        if (StartsWithDigit(text))
        {
            minutes = TakeNumber(ref text, 2) ?? int.MaxValue;
        }

        if (StartsWithDigit(text))
        {
            seconds = TakeNumber(ref text, 2) ?? int.MaxValue;
        }

        SkipFraction(ref text);
        return minutes <= 59 && seconds <= 59 ? (minutes * 60) + seconds : null;
    }

    private static void SkipFraction(ref ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] is (byte)'.' or (byte)',')
        {
            text = text[1..].TrimStart("0123456789"u8);
        }
    }

    /// <summary>Seconds that the clock was ahead of UTC: <c>Z</c>, nothing, or <c>+hhmm</c>.</summary>
    private static int? TakeOffset(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text is [(byte)'Z'])
        {
            return 0;
        }

        int sign = text[0] switch { (byte)'+' => 1, (byte)'-' => -1, _ => 0 };
        text = text[1..];
        int? hours = TakeNumber(ref text, 2);
        int? minutes = TakeNumber(ref text, 2);
        bool isOffset = sign != 0 && text.IsEmpty && hours <= 23 && minutes <= 59;
        return isOffset ? sign * ((hours * 3600) + (minutes * 60)) : null;
    }

    private static bool StartsWithDigit(ReadOnlySpan<byte> text) => !text.IsEmpty && char.IsAsciiDigit((char)text[0]);

    private static int? TakeNumber(ref ReadOnlySpan<byte> text, int digits)
    {
        if (text.Length < digits || text[..digits].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        int number = int.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        text = text[digits..];
        return number;
    }

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    /// <summary>Counts in years that begin in March, so that the leap day comes last; 400 years later, so that nothing is negative.</summary>
    private static long DaysSince1970(int year, int month, int day)
    {
        int shiftedYear = (month > 2 ? year : year - 1) + 400;
        int shiftedMonth = (month + 9) % 12;
        long days = (365L * shiftedYear) + (shiftedYear / 4) - (shiftedYear / 100) + (shiftedYear / 400);
        return days + (((153 * shiftedMonth) + 2) / 5) + day - 1 - DaysOf400Years - DaysFromMarchOfYear0To1970;
    }
}
