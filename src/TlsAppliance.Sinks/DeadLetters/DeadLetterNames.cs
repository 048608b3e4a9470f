using System.Globalization;

namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>The names of the files, in the order in which they were written.</summary>
internal static class DeadLetterNames
{
    private const string Prefix = "dead-letters-";
    private const string Suffix = ".ndjson";

    public static string Of(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:D6}{Suffix}");

    /// <summary>Oldest first; none when the directory is missing or cannot be read.</summary>
    public static IReadOnlyList<(string Path, int Number, long Length)> List(string directory)
    {
        var files = new List<(string, int Number, long)>();
        try
        {
            foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles(Prefix + "*" + Suffix))
            {
                if (int.TryParse(file.Name.AsSpan(Prefix.Length, file.Name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    files.Add((file.FullName, number, file.Length));
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The first write says why.
        }

        files.Sort((left, right) => left.Number.CompareTo(right.Number));
        return files;
    }
}
