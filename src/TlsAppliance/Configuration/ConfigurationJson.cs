using System.Text.Json;

namespace TlsAppliance.Configuration;

/// <summary>The verdict on a configuration, and its values, for scripts; names are stable.</summary>
internal static class ConfigurationJson
{
    public static string WriteVerdict(ConfigurationLoader loader, bool isGood) => JsonLine.Object(json =>
    {
        json.WriteBoolean("ok", isGood);
        WriteProblems(json, "errors", loader.Errors);
        WriteProblems(json, "warnings", loader.Warnings);
        WriteProblems(json, "notices", loader.Notices);
    });

    public static string WriteValues(IEnumerable<EffectiveValue> values) => JsonLine.Object(json =>
    {
        foreach (EffectiveValue value in values)
        {
            json.WriteStartObject(value.Name);
            json.WriteString("value", value.Value);
            json.WriteString("source", value.Source);
            json.WriteEndObject();
        }
    });

    private static void WriteProblems(Utf8JsonWriter json, string name, IEnumerable<ConfigurationProblem> problems)
    {
        json.WriteStartArray(name);
        foreach (ConfigurationProblem problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("source", problem.Place.Source);
            if (problem.Place.Line > 0)
            {
                json.WriteNumber("line", problem.Place.Line);
                json.WriteNumber("column", problem.Place.Column);
            }

            if (problem.Name.Length > 0)
            {
                json.WriteString("option", problem.Name);
            }

            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
