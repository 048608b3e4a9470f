using System.Globalization;

namespace TlsAppliance.Configuration.Values;

/// <summary>A size: <c>64KiB</c> (powers of 1024), <c>64KB</c> (powers of 1000), a bare number means bytes.</summary>
internal sealed class BytesFormat(long minimum, long maximum) : ScalarFormat<long>
{
    private static readonly ByteUnit[] s_units =
    [
        new("GiB", 1L << 30), new("MiB", 1L << 20), new("KiB", 1L << 10), new("GB", 1_000_000_000), new("MB", 1_000_000), new("KB", 1_000), new("B", 1), new("", 1),
    ];

    /// <summary>The first of <see cref="s_units"/> are those that a size is written in.</summary>
    private const int WrittenUnits = 3;

    public override string TypeName => "bytes";

    public override string Expected => $"a size from {Write(minimum)} to {Write(maximum)}, such as 65536, 64KiB or 1MB";

    public override string Unit => "bytes";

    public override bool TryParse(string text, out long value)
    {
        value = 0;
        (string suffix, long factor) = Array.Find(s_units, unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase));
        string digits = text[..^suffix.Length].TrimEnd();
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) ||
            number > maximum || number * factor > maximum || number * factor < minimum)
        {
            return false;
        }

        value = (long)(number * factor);
        return true;
    }

    public override string Write(long value)
    {
        foreach ((string suffix, long factor) in s_units.AsSpan(0, WrittenUnits))
        {
            if (value >= factor && value % factor == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{value / factor}{suffix}");
            }
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private readonly record struct ByteUnit(string Suffix, long Factor);
}
