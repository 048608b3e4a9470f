using System.Text.Json;
using TlsAppliance.Configuration;

namespace TlsAppliance.Tests.Configuration;

/// <summary>Each option that Packetbeat's reference configuration names, set to the value that stands there: taken, or answered with a line.</summary>
public class PacketbeatOptionsTests
{
    private const int Options = 430;
    private const string Protocols = "packetbeat.protocols";

    private static readonly string[] s_refused = ["output.logstash", "output.kafka", "output.redis"];

    [Fact]
    public void Each_of_the_430_is_taken_or_answered()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(SharedReference.PathOf("packetbeat-options.json")));
        JsonElement[] options = [.. json.RootElement.GetProperty("options").EnumerateArray()];
        string[] wrong = [.. options
            .Select(option => Judge(option.GetProperty("option").GetString()!, option.GetProperty("value").GetString()))
            .OfType<string>()];

        Assert.Equal(Options, options.Length);
        Assert.Empty(wrong);
    }

    /// <summary>What is not as promised; null when all is well.</summary>
    private static string? Judge(string option, string? value)
    {
        bool isEmpty = value is null or "~" or "''" or "\"\"";
        ConfigurationLoader loader = Loaded.Files(Text(option, value));
        loader.Check();
        string[] errors = Loaded.Lines(loader.Errors);
        string[] answers = [.. Loaded.Lines(loader.Warnings), .. Loaded.Lines(loader.Notices)];

        if (s_refused.Any(output => option == output || option.StartsWith(output + ".", StringComparison.Ordinal)))
        {
            bool isRefused = errors is [string line] && line.StartsWith("a.yml:1:1: output.", StringComparison.Ordinal) && line.Contains("there is no ") && line.Contains("; use ");
            return isRefused || (value is null or "~") ? null : $"{option}: {value}: expected to be refused, found: {string.Join(" | ", errors)}";
        }

        if (errors.Length > 0)
        {
            return $"{option}: {value}: {string.Join(" | ", errors)}";
        }

        bool isTaken = loader.Places.Count > 0;
        bool isAnswered = answers.Length > 0 && answers.All(answer => answer.StartsWith("a.yml:", StringComparison.Ordinal));
        return isTaken || isAnswered || isEmpty ? null : $"{option}: {value}: passed over without a word";
    }

    /// <summary>Options of the protocols' items appear as one of an item that is TLS, which is where they could be mistaken for ours.</summary>
    private static string Text(string option, string? value) => option.StartsWith(Protocols + ".", StringComparison.Ordinal)
        ? option == Protocols + ".type" ? $"{Protocols}:\n- type: {value}\n" : $"{Protocols}:\n- type: tls\n  {option[(Protocols.Length + 1)..]}: {value}\n"
        : $"{option}: {value}\n";
}
