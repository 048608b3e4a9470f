namespace TlsAppliance.Configuration;

/// <summary>One value of a configuration, whatever it was written in: nothing, a text, a list, or a section of named values.</summary>
/// <param name="Place">Where it begins.</param>
internal abstract record ConfigurationNode(ConfigurationPlace Place)
{
    /// <summary>What this is, in the words of an error message.</summary>
    public abstract string Kind { get; }

    /// <summary>Nodes in this tree with every alias spelled out: bounds what a small file can grow to.</summary>
    public virtual int Weight => 1;

    /// <summary>A plain <c>~</c>, <c>null</c> or empty value: as if the option were not there.</summary>
    internal sealed record Nothing(ConfigurationPlace Place) : ConfigurationNode(Place)
    {
        public override string Kind => "nothing";
    }

    /// <param name="Quoted">Quotes make it a text, whatever it looks like.</param>
    internal sealed record Text(ConfigurationPlace Place, string Value, bool Quoted) : ConfigurationNode(Place)
    {
        /// <summary>The text as it was written, when references in it have been replaced: <c>${PORT:9200}</c>.</summary>
        public string? Reference { get; init; }

        /// <summary>Part of the value comes from a file or credential that only this process should know.</summary>
        public bool IsSecret { get; init; }

        public override string Kind => (IsSecret, Reference, Quoted) switch
        {
            (true, _, _) => $"what {Printable.Text(Reference ?? "", 60)} stands for",
            (_, { } reference, _) => $"\"{Printable.Text(SecretText.Shown(Value), 60)}\" from {Printable.Text(reference, 60)}",
            (_, _, true) => "a text",
            _ => $"\"{Printable.Text(SecretText.Shown(Value), 60)}\"",
        };
    }

    internal sealed record Sequence(ConfigurationPlace Place, IReadOnlyList<ConfigurationNode> Items) : ConfigurationNode(Place)
    {
        public override string Kind => "a list";

        public override int Weight { get; } = 1 + Items.Sum(item => item.Weight);
    }

    internal sealed record Section(ConfigurationPlace Place, IReadOnlyList<ConfigurationEntry> Entries) : ConfigurationNode(Place)
    {
        public override string Kind => "a section";

        public override int Weight { get; } = 1 + Entries.Sum(entry => 1 + entry.Value.Weight);
    }
}
