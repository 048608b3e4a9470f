namespace TlsAppliance.Configuration;

/// <summary>Which outputs the sources name. Those of Beats that are not here are refused: an output that is ignored loses everything.</summary>
internal sealed class OutputSections(ConfigurationReferences references)
{
    private const string Prefix = "output.";

    /// <summary>What to do instead.</summary>
    private static readonly Dictionary<string, string> s_foreign = new(StringComparer.Ordinal)
    {
        ["logstash"] = "use output.elasticsearch (its pipeline does what filters did), or output.file with a Logstash file input or Filebeat on its files",
        ["kafka"] = "use output.file, and a shipper with a Kafka output (Vector, Filebeat) on its files",
        ["redis"] = "use output.file, and a shipper with a Redis output (Vector, Filebeat) on its files",
        ["discard"] = "use run -N, or replay -o none",
    };

    private static readonly string[] s_ours = ["elasticsearch", "file", "console"];

    private readonly Dictionary<string, ConfigurationPlace> _places = new(StringComparer.Ordinal);

    /// <summary>Remembers the output that a name belongs to.</summary>
    /// <param name="isEmpty">No value: that names <c>output.console</c>, but not an output that needs to know where to.</param>
    public void Note(string name, ConfigurationPlace place, bool isEmpty)
    {
        if (name.StartsWith(Prefix, StringComparison.Ordinal) && (!isEmpty || name == "output.console"))
        {
            _places.TryAdd(Output(name), place);
        }
    }

    public bool IsForeign(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && s_foreign.ContainsKey(Output(name));

    /// <summary>The outputs in use; complains of those that are not here.</summary>
    public IReadOnlyList<string> Judge(ICollection<ConfigurationProblem> errors)
    {
        foreach ((string output, ConfigurationPlace place) in _places)
        {
            if (s_foreign.TryGetValue(output, out string? instead) && IsOn(output))
            {
                errors.Add(new ConfigurationProblem(place, Prefix + output, $"there is no {output} output here; {instead}"));
            }
        }

        return [.. s_ours.Where(output => _places.ContainsKey(output) && IsOn(output))];
    }

    private bool IsOn(string output) => references.Written($"{Prefix}{output}.enabled") is not ("false" or "no" or "off");

    private static string Output(string name) => name[Prefix.Length..].Split('.')[0];
}
