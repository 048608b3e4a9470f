using System.Globalization;
using System.Text;

namespace TlsAppliance.Configuration.Values;

/// <summary>A time span as Beats writes it: <c>10s</c>, <c>1m30s</c>, <c>1.5h</c>; a bare number means seconds.</summary>
internal sealed class DurationFormat(TimeSpan minimum, TimeSpan maximum) : ScalarFormat<TimeSpan>
{
    private static readonly (string Suffix, double Ticks)[] s_units =
    [
        ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>The first of <see cref="s_units"/> are those that a duration is written in.</summary>
    private const int WrittenUnits = 5;

    public override string TypeName => "duration";

    public override string Expected => $"a duration from {Write(minimum)} to {Write(maximum)}, such as 10s, 500ms or 1m30s";

    public override string Unit => "seconds";

    public override bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (!TryParseTicks(text, out double ticks) || !(ticks >= minimum.Ticks && ticks <= maximum.Ticks))
        {
            return false;
        }

        value = new TimeSpan((long)ticks);
        return true;
    }

    public override string Write(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder();
        long rest = value.Ticks;
        foreach ((string suffix, double ticks) in s_units.AsSpan(0, WrittenUnits))
        {
            (long count, rest) = Math.DivRem(rest, (long)ticks);
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{suffix}");
            }
        }

        return text.ToString();
    }

    private static bool TryParseTicks(string text, out double ticks)
    {
        ticks = 0;
        ReadOnlySpan<char> rest = text;
        if (TryParseNumber(rest, out double seconds))
        {
            ticks = seconds * TimeSpan.TicksPerSecond;
            return true;
        }

        while (!rest.IsEmpty)
        {
            int digits = Length(rest, numeric: true);
            int letters = Length(rest[digits..], numeric: false);
            double unit = UnitOf(rest.Slice(digits, letters));
            if (unit == 0 || !TryParseNumber(rest[..digits], out double count))
            {
                return false;
            }

            ticks += count * unit;
            rest = rest[(digits + letters)..];
        }

        return text.Length > 0;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static int Length(ReadOnlySpan<char> text, bool numeric)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.') == numeric)
        {
            length++;
        }

        return length;
    }

    private static double UnitOf(ReadOnlySpan<char> suffix)
    {
        foreach ((string name, double ticks) in s_units)
        {
            if (suffix.SequenceEqual(name))
            {
                return ticks;
            }
        }

        return 0;
    }
}
