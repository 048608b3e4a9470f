namespace TlsAppliance.Configuration.Values;

/// <summary>The name of one of Packetbeat's presets; null: <c>custom</c>.</summary>
internal sealed class PresetFormat : ScalarFormat<OutputPreset?>
{
    public override string TypeName => "enum";

    public override string Expected => $"one of {OutputPreset.Custom}, {string.Join(", ", OutputPreset.All.Select(preset => preset.Name))}";

    public override bool TryParse(string text, out OutputPreset? value)
    {
        value = OutputPreset.All.FirstOrDefault(preset => preset.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return value is not null || text.Length == 0 || text.Equals(OutputPreset.Custom, StringComparison.OrdinalIgnoreCase);
    }

    public override string Write(OutputPreset? value) => value?.Name ?? OutputPreset.Custom;
}
