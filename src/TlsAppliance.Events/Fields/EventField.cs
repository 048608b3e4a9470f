using System.Text;

namespace TlsAppliance.Events.Fields;

/// <summary>One row of the field table: a value that an event may hold. Rows are compared by reference; <see cref="Index"/> counts from 0.</summary>
public sealed class EventField
{
    private readonly byte[][] _names;

    internal EventField(int index, string? ecs, string? classic, FieldType type, FieldOrigin origin, FieldConditions conditions, string presence, string meaning)
    {
        Index = index;
        Ecs = ecs;
        Classic = classic;
        Type = type;
        Origin = origin;
        Conditions = conditions;
        Presence = presence;
        Meaning = meaning;
        _names = [EncodeLastName(classic), EncodeLastName(ecs)];
    }

    public int Index { get; }

    /// <summary>Dotted path in the <see cref="EventLayout.Ecs"/> layout, or null when that layout does not have it.</summary>
    public string? Ecs { get; }

    /// <summary>Dotted path in the <see cref="EventLayout.Classic"/> layout, or null when that layout does not have it.</summary>
    public string? Classic { get; }

    public FieldType Type { get; }

    public FieldOrigin Origin { get; }

    public FieldConditions Conditions { get; }

    /// <summary>When an event has it, apart from <see cref="Conditions"/>.</summary>
    public string Presence { get; }

    public string Meaning { get; }

    public string? Path(EventLayout layout) => layout == EventLayout.Ecs ? Ecs : Classic;

    public override string ToString() => Ecs ?? Classic ?? "";

    /// <summary>The last part of the path as a JSON property name between comma and colon; empty where the layout does not have it.</summary>
    internal byte[] EncodedName(EventLayout layout) => _names[(int)layout];

    internal static byte[] EncodeLastName(string? path) =>
        path is null ? [] : Encoding.UTF8.GetBytes($",\"{path[(path.LastIndexOf('.') + 1)..]}\":");
}
