namespace TlsAppliance.Testing.Elasticsearch;

/// <summary>One request as the double received it.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Path">Unescaped, with its leading slash, without the query.</param>
/// <param name="Query">Unescaped parameters.</param>
/// <param name="Headers">Names without case.</param>
/// <param name="Body">Unpacked; empty for none.</param>
/// <param name="WireBytes">Bytes of the body as sent.</param>
public sealed record FakeRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    int WireBytes)
{
    public bool IsBulk => Path.EndsWith("/_bulk", StringComparison.Ordinal);

    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
