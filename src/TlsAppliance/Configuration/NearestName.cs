namespace TlsAppliance.Configuration;

/// <summary>Finds the known name that a misspelt one most likely meant.</summary>
internal static class NearestName
{
    /// <summary>Longer names are not worth the search; no option is as long.</summary>
    private const int MaximumLength = 128;

    /// <summary>A name within two slips, or a third of its last part, or whose end is exactly what was written; null when there is none.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length > MaximumLength)
        {
            return null;
        }

        string? nearest = null;
        int best = Math.Max(2, LastPart(name).Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = candidate.EndsWith("." + name, StringComparison.Ordinal) ? 1 : Distance(name, candidate);
            if (distance < best || (distance == best && nearest is not null && string.CompareOrdinal(candidate, nearest) < 0))
            {
                (nearest, best) = (candidate, distance);
            }
        }

        return nearest;
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that turn one name into the other.</summary>
    internal static int Distance(string from, string to)
    {
        int[] beforeLast = new int[to.Length + 1];
        int[] last = [.. Enumerable.Range(0, to.Length + 1)];
        int[] current = new int[to.Length + 1];
        for (int i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int substitution = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[to.Length];
    }
}
