namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>One index: its documents by id.</summary>
public sealed class FakeIndex
{
    internal FakeIndex(string name, string? stream, FakeMapping mapping) => (Name, Stream, Mapping) = (name, stream, mapping);

    public string Name { get; }

    /// <summary>The data stream whose backing index it is.</summary>
    public string? Stream { get; }

    /// <summary>Documents by <c>_id</c>, as they came.</summary>
    public Dictionary<string, byte[]> Documents { get; } = new(StringComparer.Ordinal);

    public bool IsClosed { get; set; }

    /// <summary>A block as its 403 or 429 describes it.</summary>
    public (int Status, string Text)? Block { get; set; }

    internal FakeMapping Mapping { get; }

    internal long NextSequenceNumber { get; set; }
}
