namespace TlsAppliance.Events.Fields;

/// <summary>An object (or list of objects) that fields stand in. Configured fields may be merged into it.</summary>
internal sealed class EventObject
{
    private readonly byte[][] _names;

    internal EventObject(int index, string? ecs, string? classic, bool alwaysWritten)
    {
        Index = index;
        Ecs = ecs;
        Classic = classic;
        AlwaysWritten = alwaysWritten;
        _names = [EventField.EncodeLastName(classic), EventField.EncodeLastName(ecs)];
    }

    internal int Index { get; }

    internal string? Ecs { get; }

    internal string? Classic { get; }

    /// <summary>Every event opens it, once; only then can configured fields be merged into it.</summary>
    internal bool AlwaysWritten { get; }

    internal string? Path(EventLayout layout) => layout == EventLayout.Ecs ? Ecs : Classic;

    internal ReadOnlySpan<byte> EncodedName(EventLayout layout) => _names[(int)layout];
}
