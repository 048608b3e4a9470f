namespace TlsAppliance.Configuration.Values;

/// <summary>How values of one type are written in a configuration, and what is wrong with one that cannot be read.</summary>
internal abstract class ValueFormat<T>
{
    /// <summary>The type's name in the reference configuration.</summary>
    public abstract string TypeName { get; }

    /// <summary>What a value must look like, to follow "expected".</summary>
    public abstract string Expected { get; }

    /// <summary>Unit of a bare number; null when there is none.</summary>
    public virtual string? Unit => null;

    /// <param name="wrong">The part of the node that cannot be read: a list's bad item, else the node itself.</param>
    public abstract bool TryRead(ConfigurationNode node, out T value, out ConfigurationNode wrong);

    /// <summary>The value as YAML, on one line.</summary>
    public abstract string Write(T value);
}
