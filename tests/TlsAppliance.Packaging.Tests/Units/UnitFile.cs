namespace TlsAppliance.Packaging.Tests.Units;

/// <summary>A systemd unit file as systemd.syntax(7) reads it, but for specifiers.</summary>
internal sealed class UnitFile
{
    private readonly List<(string Section, string Key, string Value)> _settings = [];

    private UnitFile(IEnumerable<string> lines)
    {
        string section = "";
        foreach (string line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
            {
                section = line[1..^1];
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            Assert.True(equals > 0 && !line.EndsWith('\\'), line);
            _settings.Add((section, line[..equals], line[(equals + 1)..]));
        }
    }

    public static UnitFile Load(string path) => new(File.ReadLines(path));

    public IEnumerable<string> Keys(string section) => _settings.Where(setting => setting.Section == section).Select(setting => setting.Key).Distinct();

    /// <summary>All values of a setting, in their order.</summary>
    public IReadOnlyList<string> All(string key) => [.. _settings.Where(setting => setting.Key == key).Select(setting => setting.Value)];

    /// <summary>The last value, which counts.</summary>
    public string this[string key] => All(key)[^1];

    public bool IsYes(string key) => All(key) is [.., "yes" or "true" or "on" or "1"];
}
