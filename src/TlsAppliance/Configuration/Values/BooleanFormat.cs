namespace TlsAppliance.Configuration.Values;

/// <summary><c>true</c> or <c>false</c>, and the spellings of YAML 1.1 that Beats takes.</summary>
internal sealed class BooleanFormat : ScalarFormat<bool>
{
    public override string TypeName => "bool";

    public override string Expected => "true or false";

    public override bool TryParse(string text, out bool value)
    {
        value = text.ToLowerInvariant() is "true" or "yes" or "on";
        return value || text.ToLowerInvariant() is "false" or "no" or "off";
    }

    public override string Write(bool value) => value ? "true" : "false";
}
