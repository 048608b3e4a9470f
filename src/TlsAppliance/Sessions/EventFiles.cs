namespace TlsAppliance.Sessions;

/// <summary>Tells files of events from captures.</summary>
internal static class EventFiles
{
    private static readonly string[] s_extensions = [".ndjson", ".jsonl", ".json"];

    /// <summary>Files of events go by their name; what a directory has, its captures tell.</summary>
    public static void Split(IEnumerable<string> inputs, out IReadOnlyList<string> eventFiles, out IReadOnlyList<string> captures)
    {
        var events = new List<string>();
        var others = new List<string>();
        eventFiles = events;
        captures = others;
        foreach (string input in inputs)
        {
            (IsEventFile(input) ? events : others).Add(input);
        }
    }

    private static bool IsEventFile(string path) =>
        File.Exists(path) && s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of a directory, when it has no capture: events that lie beside captures are theirs, and every session would be there twice.</summary>
    /// <param name="directory">What the user named.</param>
    /// <param name="captures">The captures of all directories.</param>
    public static IEnumerable<string> Below(string directory, IEnumerable<string> captures)
    {
        string start = Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return captures.Any(capture => Path.GetFullPath(capture).StartsWith(start, StringComparison.Ordinal)) ? [] : Below(directory);
    }

    private static IEnumerable<string> Below(string directory) => Directory
        .EnumerateFiles(directory, "*" + s_extensions[0], new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Order(StringComparer.Ordinal);
}
