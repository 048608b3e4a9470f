namespace TlsAppliance.Sinks.DeadLetters;

/// <summary>
/// Reads the dead letters of a directory again, to list them or to send them a second time when what was wrong is mended. Changes nothing: who has sent a
/// file's letters deletes it with <see cref="Delete"/>.
/// </summary>
public static class DeadLetterReader
{
    /// <summary>The files, oldest first. The last one may be written to while its process lives.</summary>
    public static IReadOnlyList<string> Files(string directory) => [.. DeadLetterNames.List(directory).Select(file => file.Path)];

    /// <summary>The letters of one file, one at a time. A line that is no letter, such as one that a full disk cut, comes as null.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<DeadLetter?> Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (DeadLetter? letter in Read(file))
        {
            yield return letter;
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="file">At its beginning; stays open.</param>
    public static IEnumerable<DeadLetter?> Read(Stream file)
    {
        using var lines = new StreamReader(file, leaveOpen: true);
        while (lines.ReadLine() is { } line)
        {
            yield return DeadLetterJson.Read(System.Text.Encoding.UTF8.GetBytes(line));
        }
    }

    /// <summary>All letters of the file are settled.</summary>
    public static void Delete(string path) => File.Delete(path);
}
