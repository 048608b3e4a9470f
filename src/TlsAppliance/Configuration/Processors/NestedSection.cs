namespace TlsAppliance.Configuration.Processors;

/// <summary>Sections in which names may be dotted or nested, seen the one way or the other.</summary>
internal static class NestedSection
{
    /// <summary>The same with dotted names spelled out: <c>a.b: 1</c> becomes <c>a: {b: 1}</c>.</summary>
    public static ConfigurationNode.Section Of(ConfigurationNode.Section section)
    {
        var groups = new Dictionary<string, List<ConfigurationEntry>>(StringComparer.Ordinal);
        foreach (ConfigurationEntry entry in section.Entries)
        {
            int dot = entry.Name.IndexOf('.', StringComparison.Ordinal);
            string first = dot > 0 ? entry.Name[..dot] : entry.Name;
            ConfigurationEntry own = dot > 0
                ? entry with { Name = first, Value = new ConfigurationNode.Section(entry.Place, [entry with { Name = entry.Name[(dot + 1)..] }]) }
                : entry;
            if (!groups.TryGetValue(first, out List<ConfigurationEntry>? group))
            {
                groups.Add(first, group = []);
            }

            group.Add(own);
        }

        return section with { Entries = [.. groups.Values.Select(Join)] };
    }

    /// <summary>The leaves below a section by their full names: <c>{a: {b: 1}}</c> gives <c>a.b</c>. Lists and texts are leaves.</summary>
    public static IEnumerable<ConfigurationEntry> Leaves(ConfigurationNode.Section section, string prefix = "") => section.Entries.SelectMany(entry =>
        entry.Value is ConfigurationNode.Section inner ? Leaves(inner, prefix + entry.Name + ".") : [entry with { Name = prefix + entry.Name }]);

    private static ConfigurationEntry Join(List<ConfigurationEntry> group)
    {
        IReadOnlyList<ConfigurationEntry> inner = [.. group.Select(entry => entry.Value).OfType<ConfigurationNode.Section>().SelectMany(section => section.Entries)];
        ConfigurationEntry first = group[0];
        return group.Count == 1 && first.Value is not ConfigurationNode.Section
            ? first
            : first with { Value = inner.Count == 0 ? group[^1].Value : Of(new ConfigurationNode.Section(first.Value.Place, inner)) };
    }
}
