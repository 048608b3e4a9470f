namespace TlsAppliance.Configuration;

/// <summary>Names that Packetbeat 9 knows: a file that uses one which we do not have is an old friend's, not a mistake.</summary>
internal sealed class BeatsOptions
{
    private const string Resource = "beats-options.txt";

    private readonly HashSet<string> _names;
    private readonly HashSet<string> _sections = new(StringComparer.Ordinal);

    private BeatsOptions(IEnumerable<string> names)
    {
        _names = new HashSet<string>(names, StringComparer.Ordinal);
        foreach (string name in _names)
        {
            DottedName.AddAncestors(name, _sections);
        }
    }

    /// <summary>The bundled list: one name a line.</summary>
    public static BeatsOptions Load()
    {
        using Stream stream = typeof(BeatsOptions).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return new BeatsOptions(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'));
    }

    /// <summary>True for a name of the list, and for anything below one that takes free content (<c>processors</c>, <c>output.elasticsearch.headers</c>).</summary>
    public bool Knows(string name) =>
        _names.Contains(name) || DottedName.Ancestors(name).Any(ancestor => _names.Contains(ancestor) && !_sections.Contains(ancestor));

    /// <summary>True when names of the list stand below this name.</summary>
    public bool IsSection(string name) => _sections.Contains(name);
}
