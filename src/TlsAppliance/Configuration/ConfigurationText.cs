using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <summary>Nodes as YAML on one line.</summary>
internal static class ConfigurationText
{
    private static readonly TextFormat s_text = new(int.MaxValue);

    public static string Write(ConfigurationNode node) => node switch
    {
        ConfigurationNode.Text { IsSecret: true } => s_text.Write(SecretText.Mask),
        ConfigurationNode.Text text => text.Quoted ? Quoted(text.Value) : s_text.Write(SecretText.Shown(text.Value)) is var written && IsNumber(text.Value) ? text.Value : written,
        ConfigurationNode.Sequence list => $"[{string.Join(", ", list.Items.Select(Write))}]",
        ConfigurationNode.Section section => $"{{{string.Join(", ", section.Entries.Select(entry => $"{s_text.Write(entry.Name)}: {Write(entry.Value)}"))}}}",
        _ => "~",
    };

    private static string Quoted(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(SecretText.Shown(text))}\"";

    /// <summary>Numbers and booleans keep what they are only without quotes.</summary>
    private static bool IsNumber(string text) =>
        text is "true" or "false" || double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);
}
