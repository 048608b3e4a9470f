namespace TlsAppliance.Configuration.Values;

/// <summary>A list of values of one format; a single value counts as a list of one.</summary>
internal sealed class ListFormat<T>(ScalarFormat<T> item, string typeName, string expected) : ValueFormat<IReadOnlyList<T>>
{
    /// <summary>Longer lists are mistakes; what they would cost at start or per event is bounded.</summary>
    private const int MaximumItems = 4096;

    public override string TypeName => typeName;

    public override string Expected => expected;

    public override bool TryRead(ConfigurationNode node, out IReadOnlyList<T> value, out ConfigurationNode wrong)
    {
        IReadOnlyList<ConfigurationNode> nodes = node is ConfigurationNode.Sequence list ? list.Items : [node];
        var items = new List<T>(nodes.Count);
        value = items;
        wrong = node;
        if (nodes.Count > MaximumItems)
        {
            return false;
        }

        foreach (ConfigurationNode candidate in nodes)
        {
            if (!item.TryRead(candidate, out T one, out wrong))
            {
                return false;
            }

            items.Add(one);
        }

        return true;
    }

    public override string Write(IReadOnlyList<T> value) => $"[{string.Join(", ", value.Select(item.Write))}]";
}
