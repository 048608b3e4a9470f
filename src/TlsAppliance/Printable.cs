using System.Globalization;
using System.Text;

namespace TlsAppliance;

/// <summary>
/// Text from outside (names in captures, files, options) made fit for a terminal: control characters, escapes, bidirectional overrides and invisible
/// characters become U+FFFD, so nothing in a packet can move the cursor or reorder a line.
/// </summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';
    private const char Ellipsis = '…';

    /// <summary>At most <paramref name="maximum"/> characters; the last is an ellipsis when the text was longer.</summary>
    public static string Text(string text, int maximum = int.MaxValue)
    {
        string clean = Clean(text);
        return clean.Length <= maximum ? clean : Cut(clean, maximum);
    }

    private static string Clean(string text)
    {
        if (text.All(character => character is >= ' ' and < '\u007F'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(IsSafe(rune) ? rune.ToString() : Replacement);
        }

        return clean.ToString();
    }

    private static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or
        UnicodeCategory.Format or
        UnicodeCategory.Surrogate or
        UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or
        UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator);

    private static string Cut(string text, int maximum)
    {
        int end = Math.Max(maximum - 1, 0);
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end] + Ellipsis;
    }
}
