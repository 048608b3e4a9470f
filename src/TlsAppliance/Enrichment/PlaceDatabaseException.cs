namespace TlsAppliance.Enrichment;

/// <summary>A file of places cannot be used.</summary>
/// <param name="key">The option that names it.</param>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong, to follow the file's name.</param>
internal sealed class PlaceDatabaseException(string key, string path, string reason) : Exception($"{Printable.Text(path, 200)}: {reason}")
{
    public string Key { get; } = key;
}
