using System.Text;
using System.Text.Json;
using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Mappings;

/// <summary>The field table of one layout in the form of a Beats <c>fields.yml</c>: name, type, description; aliases of the other layout after it.</summary>
public static class FieldListing
{
    /// <summary>YAML that ends with a line feed.</summary>
    public static string ToYaml(EventLayout layout)
    {
        StringBuilder text = new();
        foreach (EventField field in EventFields.All)
        {
            if (field.Path(layout) is { } path)
            {
                Entry(text, path, IndexMapping.SpellingOf(field.Type)).Append("  description: ").Append(Quoted($"{field.Meaning} There: {field.Presence}.")).Append('\n');
            }
        }

        foreach (FieldAlias alias in FieldAliases.Of(layout))
        {
            Entry(text, alias.Path, "alias").Append("  path: ").Append(alias.Target).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A name may begin with <c>@</c>, which YAML keeps for itself.</summary>
    private static StringBuilder Entry(StringBuilder text, string name, string type) =>
        text.Append("- name: ").Append(name[0] == '@' ? Quoted(name) : name).Append("\n  type: ").Append(type).Append('\n');

    /// <summary>A JSON string is a YAML string.</summary>
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
