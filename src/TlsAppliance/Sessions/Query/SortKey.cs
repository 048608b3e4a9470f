using System.Globalization;

namespace TlsAppliance.Sessions.Query;

/// <summary>What a session is sorted by: numbers before texts, and what is not known last whichever way it goes.</summary>
internal readonly record struct SortKey(double? Number, string Text, bool Descending, long Order) : IComparable<SortKey>
{
    public static SortKey Of(IEnumerable<string> values, bool descending, long order)
    {
        string text = values.FirstOrDefault("");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? new SortKey(number, text, descending, order)
            : new SortKey(null, text, descending, order);
    }

    public int CompareTo(SortKey other)
    {
        int order = (Text.Length == 0).CompareTo(other.Text.Length == 0);
        if (order != 0)
        {
            return order;
        }

        order = (Number, other.Number) switch
        {
            ({ } mine, { } its) => mine.CompareTo(its),
            (null, null) => string.CompareOrdinal(Text, other.Text),
            _ => Number is null ? 1 : -1,
        };
        order = Descending ? -order : order;
        return order != 0 ? order : Order.CompareTo(other.Order);
    }
}
