namespace TlsAppliance.Configuration.Values;

/// <summary>A secret that is hard to guess and can stand in an HTTP header; empty: none.</summary>
internal sealed class TokenFormat() : TextFormat(MaximumLength)
{
    private const int MinimumLength = 16;
    private const int MaximumLength = 512;

    public override string TypeName => "token";

    public override string Expected => $"a text of {MinimumLength} to {MaximumLength} printable ASCII characters without blanks";

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return text.Length == 0 || (text.Length is >= MinimumLength and <= MaximumLength && text.All(character => character is > ' ' and < '\u007F'));
    }
}
