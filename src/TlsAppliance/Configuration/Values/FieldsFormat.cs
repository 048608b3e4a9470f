using System.Globalization;
using System.Text.Json;

namespace TlsAppliance.Configuration.Values;

/// <summary>
/// Free fields for every event: a section of names to texts, numbers, booleans or lists of these. Nested sections become dotted names. Unquoted values
/// take the type that they look like.
/// </summary>
internal sealed class FieldsFormat : ValueFormat<IReadOnlyDictionary<string, object>>
{
    private const int MaximumFields = 256;

    public override string TypeName => "map";

    public override string Expected => $"a section of at most {MaximumFields} names with texts, numbers, true/false or lists of these";

    public override bool TryRead(ConfigurationNode node, out IReadOnlyDictionary<string, object> value, out ConfigurationNode wrong)
    {
        var fields = new SortedDictionary<string, object>(StringComparer.Ordinal);
        value = fields;
        wrong = node;
        return node is ConfigurationNode.Section section && TryAdd(section, "", fields, out wrong);
    }

    public override string Write(IReadOnlyDictionary<string, object> value) =>
        $"{{{string.Join(", ", value.Select(field => $"{field.Key}: {JsonSerializer.Serialize(field.Value)}"))}}}";

    private static bool TryAdd(
        ConfigurationNode.Section section, string prefix, SortedDictionary<string, object> fields, out ConfigurationNode wrong)
    {
        foreach (ConfigurationEntry entry in section.Entries)
        {
            string name = prefix + entry.Name;
            wrong = entry.Value;
            if (entry.Value is ConfigurationNode.Section inner)
            {
                if (!TryAdd(inner, name + ".", fields, out wrong))
                {
                    return false;
                }
            }
            else if (fields.Count == MaximumFields || !TryValue(entry.Value, out object? value, ref wrong))
            {
                return false;
            }
            else if (value is not null)
            {
                fields[name] = value;
            }
        }

        wrong = section;
        return true;
    }

    private static bool TryValue(ConfigurationNode node, out object? value, ref ConfigurationNode wrong)
    {
        value = node is ConfigurationNode.Text text ? Typed(text) : null;
        if (node is not ConfigurationNode.Sequence list)
        {
            return node is ConfigurationNode.Text or ConfigurationNode.Nothing;
        }

        wrong = list.Items.FirstOrDefault(item => item is not ConfigurationNode.Text) ?? node;
        value = list.Items.OfType<ConfigurationNode.Text>().Select(Typed).ToArray();
        return wrong == node;
    }

    /// <summary>An unquoted text as what it looks like.</summary>
    internal static object Typed(ConfigurationNode.Text text)
    {
        if (text.Quoted)
        {
            return text.Value;
        }

        if (text.Value is "true" or "false")
        {
            return text.Value == "true";
        }

        if (long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return whole;
        }

        return double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : text.Value;
    }
}
