using System.Text.Json;

namespace TlsAppliance.Configuration.Values;

/// <summary>Any text of bounded length.</summary>
internal class TextFormat(int maximumLength = 1024) : ScalarFormat<string>
{
    public override string TypeName => "text";

    public override string Expected => $"a text of at most {maximumLength} characters";

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return text.Length <= maximumLength;
    }

    /// <summary>Quoted when YAML would read it as something else; JSON's quotes are YAML's.</summary>
    public override string Write(string value) =>
        value.Length > 0 && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/') &&
        char.IsAsciiLetter(value[0]) && value.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "null")
            ? value
            : $"\"{JsonEncodedText.Encode(value)}\"";
}
