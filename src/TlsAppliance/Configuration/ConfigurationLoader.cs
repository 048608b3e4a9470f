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
    private const string PortsKey = TlsProtocol + ".ports";
    private const string FlowsSection = "packetbeat.flows";
    private const string HomeKey = "path.home";
    private const string DataKey = "path.data";
    private const string LogsKey = "path.logs";
    private const string CloudIdKey = "cloud.id";
    private const string CloudAuthKey = "cloud.auth";

    /// <summary>Made for the first name that is looked up: a replay that sets nothing does not wait for some hundred options.</summary>
    private readonly Lazy<OptionRegistry> _registry = new(ApplianceRegistry.Create);
    private readonly Lazy<BeatsOptions> _beats = new(BeatsOptions.Load);
    private readonly ConfigurationReferences _references;
    private readonly List<Action> _unread = [];
    private readonly List<ConfigurationProblem> _errors = [];
    private readonly List<ConfigurationProblem> _warnings = [];
    private readonly List<ConfigurationProblem> _notices = [];
    private readonly Dictionary<string, ConfigurationPlace> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly ApplianceOptions _options = new();
    private readonly OutputSections _outputs;

    /// <summary>Where each option was set in the source that is being read: twice in one source is a mistake.</summary>
    private readonly Dictionary<OptionDefinition, ConfigurationPlace> _inThisSource = [];

    public ConfigurationLoader()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    /// <param name="environment">Value of an environment variable; null when it is not set.</param>
    public ConfigurationLoader(Func<string, string?> environment)
    {
        _references = new ConfigurationReferences(environment) { DefaultOf = DefaultPath };
        _outputs = new OutputSections(_references);
    }

    public ApplianceOptions Options => Settled(_options);

    public IReadOnlyList<ConfigurationProblem> Errors => Settled(_errors);

    public IReadOnlyList<ConfigurationProblem> Warnings => Settled(_warnings);

    /// <summary>What is worth knowing at the start, though nothing is wrong with it.</summary>
    public IReadOnlyList<ConfigurationProblem> Notices => Settled(_notices);

    /// <summary>Where the value in force of each option comes from; options with their default are missing.</summary>
    public IReadOnlyDictionary<string, ConfigurationPlace> Places => Settled(_places);

    /// <summary>Options whose value came from a secret file or a credential: it is not to be shown.</summary>
    public IReadOnlySet<string> Secrets => Settled(_secrets);

    public void AddFile(string path)
    {
        Add("", () => YamlConfiguration.ReadFile(path));
        if (!OperatingSystem.IsWindows() && File.Exists(path) && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherWrite))
        {
            _unread.Add(() => _warnings.Add(new ConfigurationProblem(
                new ConfigurationPlace(path), "", "everybody may write this file, and so change what this box does; chmod o-w")));
        }
    }

    /// <param name="argument">The value of an <c>-E</c>.</param>
    public void AddSetting(string argument) => Add("", () => SectionOf(SettingArgument.Read(argument)));

    /// <param name="flag">As the user wrote it: <c>--layout</c>.</param>
    public void AddFlag(string flag, string key, string value)
    {
        var place = new ConfigurationPlace(flag);
        Add("", () => SectionOf(new ConfigurationEntry(place, key, new ConfigurationNode.Text(place, value, Quoted: false))));
    }

    /// <summary>What options say together; called once after the last source.</summary>
    public void Check()
    {
        ApplyUnread();
        if (!_options.TlsEnabled)
        {
            Error(_places[TlsEnabledKey], TlsEnabledKey, "expected true: without TLS there is nothing to do");
        }

        SettlePaths();
        ApplyCloud();
        _options.Outputs = _outputs.Judge(_errors);
        NoteOfPorts();
        ApplianceChecks.Judge(_options, _places, _errors);
    }

    private static ConfigurationNode.Section SectionOf(ConfigurationEntry entry) => new(entry.Place, [entry]);

    /// <summary>A source is read now and applied when somebody asks: its texts may refer to settings of sources that come later.</summary>
    private void Add(string section, Func<ConfigurationNode> read)
    {
        try
        {
            ConfigurationNode node = read();
            _references.Learn(section, node);
            _unread.Add(() => Visit(section, node));
        }
        catch (ConfigurationException failure)
        {
            _unread.Add(() => _errors.Add(failure.Problem));
        }
    }

    private T Settled<T>(T result)
    {
        ApplyUnread();
        return result;
    }

    private void ApplyUnread()
    {
        Action[] unread = [.. _unread];
        _unread.Clear();
        foreach (Action apply in unread)
        {
            _inThisSource.Clear();
            apply();
        }
    }

    private string? DefaultPath(string name) => name switch
    {
        HomeKey or "path.config" => ".",
        DataKey or LogsKey => _references.Written(HomeKey) is { } home ? Path.Combine(home, name["path.".Length..]) : name["path.".Length..],
        _ => null,
    };

    /// <summary>As in Beats: data and logs lie below <c>path.home</c> unless they have a place of their own.</summary>
    private void SettlePaths()
    {
        if (_places.TryGetValue(HomeKey, out ConfigurationPlace? place))
        {
            _options.DataPath = _places.TryAdd(DataKey, place) ? Path.Combine(_options.HomePath, "data") : _options.DataPath;
            _options.LogsPath = _places.TryAdd(LogsKey, place) ? Path.Combine(_options.HomePath, "logs") : _options.LogsPath;
        }
    }

    /// <summary>As in Beats: the cloud's id and credentials win over the output's own.</summary>
    private void ApplyCloud()
    {
        if (_places.TryGetValue(CloudIdKey, out ConfigurationPlace? place) && CloudId.TryParse(_options.CloudId, out CloudId? cloud))
        {
            Override(place, "output.elasticsearch.hosts", cloud.Elasticsearch);
            Override(place, "setup.kibana.host", cloud.Kibana ?? "");
        }

        int colon = _options.CloudAuth.IndexOf(':', StringComparison.Ordinal);
        if (_places.TryGetValue(CloudAuthKey, out place) && colon > 0)
        {
            Override(place, "output.elasticsearch.username", _options.CloudAuth[..colon]);
            Override(place, "output.elasticsearch.password", _options.CloudAuth[(colon + 1)..]);
        }
    }

    private void Override(ConfigurationPlace place, string key, string value)
    {
        if (value.Length > 0 && _registry.Value.Find(key) is { } option)
        {
            _inThisSource.Clear();
            _outputs.Note(key, place, isEmpty: false);
            Apply(option, key, new ConfigurationEntry(place, key, new ConfigurationNode.Text(place, value, Quoted: true)), isFinal: true);
        }
    }

    private void NoteOfPorts()
    {
        if (_options.Pipeline.Ports is { Count: > 0 } ports)
        {
            Notice(_places[PortsKey], PortsKey, $"only sessions to or from port{(ports.Count == 1 ? "" : "s")} {string.Join(", ", ports)} are read; without a list TLS is found on any port");
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
        _outputs.Note(name, entry.Place, entry.Value is ConfigurationNode.Nothing);
        if (_outputs.IsForeign(name))
        {
            // Told once for the whole section, in the end.
        }
        else if (name == FlowsSection || name.StartsWith(FlowsSection + ".", StringComparison.Ordinal))
        {
            NoteOfFlows(entry);
        }
        else if (_registry.Value.Find(name) is { } option)
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
            WarnOfProtocol(entry.Place, name, protocol, entry.Value);
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
        DottedName.Ancestors(name).Select(_registry.Value.Find).FirstOrDefault(option => option is { TakesNames: true });

    private void ApplyNamed(OptionDefinition parent, string name, ConfigurationEntry entry)
    {
        string rest = name[(parent.Key.Length + 1)..];
        var section = new ConfigurationNode.Section(entry.Place, [entry with { Name = rest }]);
        Apply(parent, name, entry with { Value = section });
    }

    /// <remarks>As in Beats a name without a value leaves what was there.</remarks>
    /// <param name="isFinal">The value is no text of the user's in which references stand.</param>
    private void Apply(OptionDefinition option, string name, ConfigurationEntry entry, bool isFinal = false)
    {
        if (!option.TakesNames && !_inThisSource.TryAdd(option, entry.Place))
        {
            Error(entry.Place, name, $"set twice; first at {_inThisSource[option]}");
            return;
        }

        try
        {
            ConfigurationNode value = isFinal ? entry.Value : _references.Expand(entry.Value, name);
            if (value is not ConfigurationNode.Nothing)
            {
                ApplyValue(option, name, entry.Place, value);
            }
        }
        catch (ConfigurationException failure)
        {
            _errors.Add(failure.Problem);
        }
    }

    private void ApplyValue(OptionDefinition option, string name, ConfigurationPlace place, ConfigurationNode value)
    {
        int errors = _errors.Count;
        option.Apply(value, name, _options, _errors, _warnings);
        if (_errors.Count == errors)
        {
            _places[option.Key] = place;
            _ = HasSecret(value) ? _secrets.Add(option.Key) : _secrets.Remove(option.Key);
        }
    }

    private static bool HasSecret(ConfigurationNode node) => node switch
    {
        ConfigurationNode.Text text => text.IsSecret,
        ConfigurationNode.Sequence list => list.Items.Any(HasSecret),
        ConfigurationNode.Section section => section.Entries.Any(entry => HasSecret(entry.Value)),
        _ => false,
    };

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
            WarnOfProtocol(item.Place, Protocols, protocol, item);
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
            if (name == ApplianceRegistry.InterfacesKey)
            {
                _options.Interfaces.BeginItem();
            }

            Visit(name, item);
        }

        _options.Interfaces.EndList();
    }

    private void JudgeUnknown(ConfigurationEntry entry, string name)
    {
        if (_registry.Value.IsSection(name))
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
            string? nearest = _registry.Value.Nearest(name);
            Error(entry.Place, name, nearest is null ? "unknown option" : $"unknown option; did you mean {nearest}?");
        }
    }

    private bool IsSection(string name) => _registry.Value.IsSection(name) || _beats.Value.IsSection(name);

    private void WarnOfBeatsOption(ConfigurationEntry entry, string name)
    {
        if (entry.Value is not ConfigurationNode.Nothing)
        {
            _warnings.Add(new ConfigurationProblem(entry.Place, name, "Packetbeat's option, not implemented here; ignored"));
        }
    }

    /// <summary>One that is switched off is as if it were not there.</summary>
    private void WarnOfProtocol(ConfigurationPlace place, string name, string protocol, ConfigurationNode content)
    {
        bool isOff = content is ConfigurationNode.Section section && section.Entries.Any(entry => IsEnabled(entry, "enabled", "false"));
        if (!isOff)
        {
            _warnings.Add(new ConfigurationProblem(place, name, $"{Printable.Text(protocol, 40)} is not TLS; ignored"));
        }
    }

    private static bool IsEnabled(ConfigurationEntry entry, string name, string value) =>
        entry.Name == name && entry.Value is ConfigurationNode.Text text && text.Value == value;

    /// <summary>Once, wherever the section is spelled out; nothing when it is switched off or empty.</summary>
    private void NoteOfFlows(ConfigurationEntry entry)
    {
        bool isOff = _references.Written(FlowsSection + ".enabled") == "false";
        if (!isOff && entry.Value is not ConfigurationNode.Nothing && _notices.TrueForAll(notice => notice.Name != FlowsSection))
        {
            Notice(entry.Place, FlowsSection, "ignored: events are made of TLS sessions, not of flows; each has the bytes and packets of its connection");
        }
    }

    private void Notice(ConfigurationPlace place, string name, string message) => _notices.Add(new ConfigurationProblem(place, name, message));

    private void Error(ConfigurationPlace place, string name, string message) => _errors.Add(new ConfigurationProblem(place, name, message));
}
