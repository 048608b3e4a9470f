using TlsAppliance.Events;

namespace TlsAppliance.Configuration;

/// <summary>What the user adds to events: tags and free fields.</summary>
internal sealed record AddedFields
{
    private const string Parent = "fields.";

    private static readonly Dictionary<string, object> s_none = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, object> Fields { get; init; } = s_none;

    public bool UnderRoot { get; init; }

    private bool IsEmpty => Tags.Count == 0 && Fields.Count == 0;

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
        if (all.IsEmpty && tls.IsEmpty)
        {
            return events with { Tags = [], Fields = s_none, FieldsUnderRoot = underRoot };
        }

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
