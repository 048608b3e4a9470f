namespace TlsAppliance.Configuration.Values;

/// <summary>A file or directory, relative to the working directory or absolute.</summary>
internal sealed class PathFormat : TextFormat
{
    private const int MaximumLength = 4096;

    public override string TypeName => "path";

    public override string Expected => "a path";

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return text.Length is > 0 and <= MaximumLength && !text.Contains('\0', StringComparison.Ordinal);
    }
}
