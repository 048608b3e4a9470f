namespace TlsAppliance.Configuration.Values;

/// <summary>The name of a file without a directory.</summary>
internal sealed class FileNameFormat : TextFormat
{
    private const int MaximumLength = 200;

    public override string TypeName => "file name";

    public override string Expected => $"a file name of at most {MaximumLength} characters without a directory";

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return text.Length is > 0 and <= MaximumLength && text is not ("." or "..") && text.AsSpan().IndexOfAny('/', '\0') < 0;
    }
}
