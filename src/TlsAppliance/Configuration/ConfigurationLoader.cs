namespace TlsAppliance.Configuration;

/// <summary>
/// Puts settings into <see cref="ApplianceOptions"/>, one source after the other, each winning over those before it: files in their order, then <c>-E</c>,
/// then flags. Collects everything that is wrong instead of stopping at the first.
/// </summary>
internal sealed class ConfigurationLoader
{
    private const string Protocols = "packetbeat.protocols";
    private const string TlsProtocol = "packetbeat.protocols.tls";
    private const string TypeName = "type";
    private const string TlsEnabledKey = TlsProtocol + ".enabled";

    private readonly OptionRegistry _registry = ApplianceRegistry.Create();
    private readonly Lazy<BeatsOptions> _beats = new(BeatsOptions.Load);
    private readonly List<ConfigurationProblem> _errors = [];
    private readonly List<ConfigurationProblem> _warnings = [];
    private readonly Dictionary<string, ConfigurationPlace> _places = new(StringComparer.Ordinal);

    /// <summary>Where each option was set in the source that is being read: twice in one source is a mistake.</summary>
    private readonly Dictionary<OptionDefinition, ConfigurationPlace> _inThisSource = [];

    public ApplianceOptions Options { get; } = new();

    public IReadOnlyList<ConfigurationProblem> Errors => _errors;

    public IReadOnlyList<ConfigurationProblem> Warnings => _warnings;

    /// <summary>Where the value in force of each option comes from; options with their default are missing.</summary>
    public IReadOnlyDictionary<string, ConfigurationPlace> Places => _places;

    public void AddFile(string path) => Read(() => Visit("", YamlConfiguration.ReadFile(path)));

    /// <param name="argument">The value of an <c>-E</c>.</param>
    public void AddSetting(string argument) => Read(() => Visit(SettingArgument.Read(argument), ""));

    /// <param name="flag">As the user wrote it: <c>--layout</c>.</param>
    public void AddFlag(string flag, string key, string value)
    {
        var place = new ConfigurationPlace(flag);
        Read(() => Visit(new ConfigurationEntry(place, key, new ConfigurationNode.Text(place, value, Quoted: false)), ""));
    }

    /// <summary>What options say together; called once after the last source.</summary>
    public void Check()
    {
        if (!Options.TlsEnabled)
        {
            Error(_places[TlsEnabledKey], TlsEnabledKey, "expected true: without TLS there is nothing to do");
        }
    }

    private void Read(Action source)
    {
        _inThisSource.Clear();
        try
        {
            source();
        }
        catch (ConfigurationException failure)
        {
            _errors.Add(failure.Problem);
        }
    }

    private void Visit(string section, ConfigurationNode node)
    {
        switch (node)
        {
            case ConfigurationNode.Nothing:
                break;
            case ConfigurationNode.Section content:
                foreach (ConfigurationEntry entry in content.Entries)
                {
                    Visit(entry, section);
                }

                break;
            default:
                Error(node.Place, section, $"expected a section with options, found {node.Kind}");
                break;
        }
    }

    private void Visit(ConfigurationEntry entry, string section)
    {
        string name = section.Length == 0 ? entry.Name : $"{section}.{entry.Name}";
        if (_registry.Find(name) is { } option)
        {
            Apply(option, name, entry);
        }
        else if (FindParent(name) is { } parent)
        {
            ApplyNamed(parent, name, entry);
        }
        else if (name == Protocols)
        {
            VisitProtocols(entry);
        }
        else if (IsOtherProtocol(name, out string protocol))
        {
            WarnOfProtocol(entry.Place, name, protocol);
        }
        else if (entry.Value is ConfigurationNode.Section && IsSection(name))
        {
            Visit(name, entry.Value);
        }
        else if (entry.Value is ConfigurationNode.Sequence list && IsSection(name) && list.Items.All(item => item is ConfigurationNode.Section))
        {
            VisitEach(name, list);
        }
        else
        {
            JudgeUnknown(entry, name);
        }
    }

    /// <summary>The option of free names that this name lies below: <c>fields</c> for <c>fields.site</c>.</summary>
    private OptionDefinition? FindParent(string name) =>
        DottedName.Ancestors(name).Select(_registry.Find).FirstOrDefault(option => option is { TakesNames: true });

    private void ApplyNamed(OptionDefinition parent, string name, ConfigurationEntry entry)
    {
        string rest = name[(parent.Key.Length + 1)..];
        var section = new ConfigurationNode.Section(entry.Place, [entry with { Name = rest }]);
        Apply(parent, name, entry with { Value = section });
    }

    private void Apply(OptionDefinition option, string name, ConfigurationEntry entry)
    {
        if (!option.TakesNames && !_inThisSource.TryAdd(option, entry.Place))
        {
            Error(entry.Place, name, $"set twice; first at {_inThisSource[option]}");
        }
        else if (entry.Value is ConfigurationNode.Nothing)
        {
            // As in Beats: a name without a value leaves what was there.
        }
        else if (option.Apply(entry.Value, name, Options) is { } problem)
        {
            _errors.Add(problem);
        }
        else
        {
            _places[option.Key] = entry.Place;
        }
    }

    /// <summary>The list form (<c>- type: tls</c>) and the old map form (<c>tls: {…}</c>).</summary>
    private void VisitProtocols(ConfigurationEntry entry)
    {
        if (entry.Value is not ConfigurationNode.Sequence list)
        {
            Visit(Protocols, entry.Value);
            return;
        }

        foreach (ConfigurationNode item in list.Items)
        {
            VisitProtocol(item);
        }
    }

    private void VisitProtocol(ConfigurationNode item)
    {
        IReadOnlyList<ConfigurationEntry> entries = (item as ConfigurationNode.Section)?.Entries ?? [];
        ConfigurationEntry? type = entries.FirstOrDefault(entry => entry.Name == TypeName);
        if (type?.Value is not ConfigurationNode.Text { Value: string protocol })
        {
            Error(item.Place, Protocols, "expected a section with a type, such as \"type: tls\"");
        }
        else if (protocol != "tls")
        {
            WarnOfProtocol(item.Place, Protocols, protocol);
        }
        else
        {
            foreach (ConfigurationEntry entry in entries.Where(entry => entry != type))
            {
                Visit(entry, TlsProtocol);
            }
        }
    }

    private static bool IsOtherProtocol(string name, out string protocol)
    {
        protocol = name.StartsWith(Protocols + ".", StringComparison.Ordinal) ? name[(Protocols.Length + 1)..].Split('.')[0] : "tls";
        return protocol != "tls";
    }

    private void VisitEach(string name, ConfigurationNode.Sequence list)
    {
        foreach (ConfigurationNode item in list.Items)
        {
            _inThisSource.Clear();
            Visit(name, item);
        }
    }

    private void JudgeUnknown(ConfigurationEntry entry, string name)
    {
        if (_registry.IsSection(name))
        {
            Visit(name, entry.Value);
        }
        else if (_beats.Value.Knows(name))
        {
            WarnOfBeatsOption(entry, name);
        }
        else if (_beats.Value.IsSection(name))
        {
            Visit(name, entry.Value);
        }
        else
        {
            string? nearest = _registry.Nearest(name);
            Error(entry.Place, name, nearest is null ? "unknown option" : $"unknown option; did you mean {nearest}?");
        }
    }

    private bool IsSection(string name) => _registry.IsSection(name) || _beats.Value.IsSection(name);

    private void WarnOfBeatsOption(ConfigurationEntry entry, string name)
    {
        if (entry.Value is not ConfigurationNode.Nothing)
        {
            _warnings.Add(new ConfigurationProblem(entry.Place, name, "Packetbeat's option, not implemented here; ignored"));
        }
    }

    private void WarnOfProtocol(ConfigurationPlace place, string name, string protocol) =>
        _warnings.Add(new ConfigurationProblem(place, name, $"{Printable.Text(protocol, 40)} is not TLS; ignored"));

    private void Error(ConfigurationPlace place, string name, string message) => _errors.Add(new ConfigurationProblem(place, name, message));
}
