namespace TlsAppliance.Sessions.Query;

/// <summary><c>*</c> stands for any characters, <c>?</c> for one; case does not count. Takes time in proportion to pattern times text.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text)
    {
        int at = 0, position = 0, star = -1, resume = 0;
        while (position < text.Length)
        {
            if (at < pattern.Length && (pattern[at] == '?' || char.ToLowerInvariant(pattern[at]) == char.ToLowerInvariant(text[position])) && pattern[at] != '*')
            {
                at++;
                position++;
            }
            else if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = position;
            }
            else if (star >= 0)
            {
                at = star + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }
}
