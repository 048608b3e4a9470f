namespace TlsAppliance;

/// <summary>Texts in the columns that there are.</summary>
internal static class Folding
{
    /// <summary>Breaks at blanks; a word that does not fit alone is cut into pieces.</summary>
    public static IEnumerable<string> Lines(string text, int room)
    {
        int start = 0;
        while (text.Length - start > room)
        {
            int blank = text.LastIndexOf(' ', start + room, room + 1);
            int end = blank > start ? blank : start + room - (char.IsHighSurrogate(text[start + room - 1]) ? 1 : 0);
            yield return text[start..end].TrimEnd();
            start = blank > start ? blank + 1 : end;
        }

        yield return text[start..];
    }
}
