namespace TlsAppliance.Configuration.Values;

/// <summary>A section of names and texts, for headers and query parameters.</summary>
internal sealed class HeadersFormat : ValueFormat<IReadOnlyDictionary<string, string>>
{
    private const int MaximumNames = 64;

    private static readonly TextFormat s_text = new(4096);

    public override string TypeName => "map";

    public override string Expected => $"a section of at most {MaximumNames} names with texts";

    public override bool TryRead(ConfigurationNode node, out IReadOnlyDictionary<string, string> value, out ConfigurationNode wrong)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        value = texts;
        wrong = node;
        if (node is not ConfigurationNode.Section section || section.Entries.Count > MaximumNames)
        {
            return false;
        }

        foreach (ConfigurationEntry entry in section.Entries)
        {
            if (!s_text.TryRead(entry.Value, out string text, out wrong) || text.AsSpan().IndexOfAny('\r', '\n') >= 0)
            {
                return false;
            }

            texts[entry.Name] = text;
        }

        return true;
    }

    public override string Write(IReadOnlyDictionary<string, string> value) =>
        $"{{{string.Join(", ", value.Select(pair => $"{s_text.Write(pair.Key)}: {s_text.Write(pair.Value)}"))}}}";
}
