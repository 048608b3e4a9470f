using System.Globalization;

namespace TlsAppliance.Configuration.Values;

/// <summary>A whole number within a range.</summary>
internal sealed class IntegerFormat(int minimum, int maximum, string? unit = null) : ScalarFormat<int>
{
    public override string TypeName => "int";

    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}");

    public override string? Unit => unit;

    public override bool TryParse(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum;

    public override string Write(int value) => value.ToString(CultureInfo.InvariantCulture);
}
