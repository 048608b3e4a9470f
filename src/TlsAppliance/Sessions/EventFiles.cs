namespace TlsAppliance.Sessions;

/// <summary>Tells files of events from captures.</summary>
internal static class EventFiles
{
    private static readonly string[] s_extensions = [".ndjson", ".jsonl", ".json"];

    /// <summary>Event files go by their name; those of a directory are found below it, beside its captures.</summary>
    public static void Split(IEnumerable<string> inputs, out IReadOnlyList<string> eventFiles, out IReadOnlyList<string> captures)
    {
        var events = new List<string>();
        var others = new List<string>();
        eventFiles = events;
        captures = others;
        foreach (string input in inputs)
        {
            if (!Directory.Exists(input))
            {
                (IsEventFile(input) ? events : others).Add(input);
                continue;
            }

            events.AddRange(Below(input));
            others.Add(input);
        }
    }

    private static bool IsEventFile(string path) =>
        File.Exists(path) && s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Below(string directory) => Directory
        .EnumerateFiles(directory, "*" + s_extensions[0], new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        .Order(StringComparer.Ordinal);
}
