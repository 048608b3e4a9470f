using System.Text.Json;

namespace TlsAppliance.Corpus.Tests.Golden;

/// <summary>One row of <c>golden/cases.json</c>: a capture, the options, and the events that Packetbeat's own test expects.</summary>
public sealed record GoldenCase(string Expected, string Capture, IReadOnlyList<string> Settings, IReadOnlyList<string> IgnoredKeys)
{
    public static IEnumerable<GoldenCase> Read(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "cases.json")));
        string[] ignored = [.. document.RootElement.GetProperty("ignored_keys").EnumerateArray().Select(key => key.GetString()!)];
        return
        [
            .. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => new GoldenCase(
                Path.Combine(folder, item.GetProperty("golden").GetString()!),
                Path.Combine(folder, item.GetProperty("pcap").GetString()!),
                [.. item.GetProperty("options").EnumerateObject().Select(option => $"tls.{option.Name}={Text(option.Value)}")],
                ignored)),
        ];
    }

    public bool Ignores(string key) => IgnoredKeys.Any(ignored => ignored.EndsWith(".*", StringComparison.Ordinal)
        ? key.StartsWith(ignored[..^1], StringComparison.Ordinal)
        : key == ignored);

    public override string ToString() => Path.GetFileNameWithoutExtension(Expected);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? "[" + string.Join(",", value.EnumerateArray().Select(item => item.GetString())) + "]"
        : value.GetRawText();
}
