namespace TlsAppliance.Commands;

/// <summary>Where <c>-o</c> sends the events.</summary>
internal enum OutputKind
{
    /// <summary>NDJSON files; the table goes to the standard output.</summary>
    File,

    /// <summary>NDJSON on the standard output and nothing else there.</summary>
    Stdout,

    /// <summary>Elasticsearch or OpenSearch.</summary>
    Elasticsearch,

    /// <summary>Rendered in full and thrown away.</summary>
    None,
}
