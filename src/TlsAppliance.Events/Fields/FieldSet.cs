namespace TlsAppliance.Events.Fields;

/// <summary>A set of rows of the field table.</summary>
internal sealed class FieldSet
{
    private readonly ulong[] _bits = new ulong[(EventFields.All.Count + 63) / 64];

    /// <summary>A few words, looked at one by one: what looks at them by vectors is code that a first pass would wait for.</summary>
    internal bool IsEmpty
    {
        get
        {
            foreach (ulong bits in _bits)
            {
                if (bits != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    internal bool Contains(EventField field) => (_bits[field.Index >> 6] >> field.Index & 1) != 0;

    internal void Add(EventField field) => _bits[field.Index >> 6] |= 1UL << field.Index;

    internal void Remove(EventField field) => _bits[field.Index >> 6] &= ~(1UL << field.Index);

    internal void UnionWith(FieldSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    internal void Clear() => _bits.AsSpan().Clear();

    internal FieldSet Copy()
    {
        FieldSet copy = new();
        copy.UnionWith(this);
        return copy;
    }
}
