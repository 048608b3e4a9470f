namespace TlsAppliance.Capture.Inputs;

/// <summary>
/// A pattern that the shell did not expand: <c>*</c>, <c>?</c> and <c>[a-z]</c> (<c>[!a-z]</c>) within one name, <c>**</c> for any number of
/// directories. As in a shell, a name that begins with a dot is matched only by a pattern that does.
/// </summary>
internal sealed class GlobPattern
{
    private const string AnyDirectories = "**";

    private GlobPattern(string root, string[] segments)
    {
        Root = root;
        Segments = segments;
    }

    /// <summary>The directory before the first wildcard, to which found paths are relative.</summary>
    public string Root { get; }

    /// <summary>One pattern per name below <see cref="Root"/>.</summary>
    public IReadOnlyList<string> Segments { get; }

    public static bool IsPattern(string argument) => argument.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    public static bool IsAnyDirectories(string segment) => segment == AnyDirectories;

    public static GlobPattern Parse(string argument)
    {
        int wildcard = argument.AsSpan().IndexOfAny('*', '?', '[');
        int slash = argument.LastIndexOf('/', wildcard);
        string root = slash switch
        {
            < 0 => ".",
            0 => "/",
            _ => argument[..slash],
        };
        return new GlobPattern(root, argument[(slash + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Matches one name with one segment, in time linear in both but for the restarts at the last <c>*</c>.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (name.StartsWith('.') && !pattern.StartsWith('.'))
        {
            return false;
        }

        int p = 0;
        int n = 0;
        int lastStar = -1;
        int nameAtLastStar = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                lastStar = p++;
                nameAtLastStar = n;
            }
            else if (MatchesOne(pattern, p, name[n], out int next))
            {
                p = next;
                n++;
            }
            else if (lastStar >= 0)
            {
                p = lastStar + 1;
                n = ++nameAtLastStar;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, int position, char value, out int next)
    {
        next = position + 1;
        if (position >= pattern.Length)
        {
            return false;
        }

        // The first member of a set may be a bracket itself, so the search for the end begins after it.
        int end = pattern[position] == '[' && position + 2 < pattern.Length ? pattern[(position + 2)..].IndexOf(']') : -1;
        if (end < 0)
        {
            return pattern[position] == '?' || pattern[position] == value;
        }

        next = position + 2 + end + 1;
        return IsInSet(pattern[(position + 1)..(next - 1)], value);
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char value)
    {
        bool isNegated = set[0] is '!' or '^' && set.Length > 1;
        if (isNegated)
        {
            set = set[1..];
        }

        for (int i = 0; i < set.Length; i++)
        {
            bool isRange = i + 2 < set.Length && set[i + 1] == '-';
            char last = isRange ? set[i + 2] : set[i];
            if (value >= set[i] && value <= last)
            {
                return !isNegated;
            }

            i += isRange ? 2 : 0;
        }

        return isNegated;
    }
}
