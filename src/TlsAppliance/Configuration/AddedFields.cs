using TlsAppliance.Events;

namespace TlsAppliance.Configuration;

/// <summary>What the user adds to events: tags and free fields.</summary>
internal sealed record AddedFields
{
    private const string Parent = "fields.";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, object> Fields { get; init; } = new Dictionary<string, object>();

    public bool UnderRoot { get; init; }

    /// <summary>With these besides; a name that is there already gets the new value.</summary>
    public AddedFields WithFields(IReadOnlyDictionary<string, object> more)
    {
        var fields = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach ((string name, object value) in Fields.Concat(more))
        {
            fields[name] = value;
        }

        return this with { Fields = fields };
    }

    /// <summary>Both sets in one. When only one of them goes under the root, the other's names spell out their parent.</summary>
    public static EventOptions Join(AddedFields all, AddedFields tls, EventOptions events)
    {
        bool underRoot = all.UnderRoot || tls.UnderRoot;
        var fields = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (AddedFields added in (ReadOnlySpan<AddedFields>)[all, tls])
        {
            foreach ((string name, object value) in added.Fields)
            {
                fields[underRoot && !added.UnderRoot ? Parent + name : name] = value;
            }
        }

        return events with { Tags = [.. all.Tags.Union(tls.Tags)], Fields = fields, FieldsUnderRoot = underRoot };
    }
}
