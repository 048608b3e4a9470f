namespace TlsAppliance.Configuration.Values;

/// <summary>A value that is one text.</summary>
internal abstract class ScalarFormat<T> : ValueFormat<T>
{
    public sealed override bool TryRead(ConfigurationNode node, out T value, out ConfigurationNode wrong)
    {
        wrong = node;
        value = default!;
        return node is ConfigurationNode.Text text && TryParse(text.Value.Trim(), out value);
    }

    public abstract bool TryParse(string text, out T value);
}
