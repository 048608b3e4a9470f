using System.Globalization;

namespace TlsAppliance.Doctor.Readings;

/// <summary>What <c>/proc/self/status</c> says of this process.</summary>
internal static class ProcessStatus
{
    /// <summary>CAP_NET_RAW.</summary>
    public const int RawNetwork = 13;

    private const string Source = "/proc/self/status";

    public static bool HasCapability(int number) => HasCapability(number, File.ReadAllLines(Source));

    public static uint EffectiveUser() => EffectiveUser(File.ReadAllLines(Source));

    /// <exception cref="FormatException">There is no such line.</exception>
    public static bool HasCapability(int number, IEnumerable<string> lines) =>
        (ulong.Parse(Value(lines, "CapEff:"), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> number & 1) != 0;

    /// <summary>The second of real, effective, saved and file system user.</summary>
    /// <exception cref="FormatException">There is no such line.</exception>
    public static uint EffectiveUser(IEnumerable<string> lines) =>
        uint.Parse(Value(lines, "Uid:").Split('\t')[1], CultureInfo.InvariantCulture);

    private static string Value(IEnumerable<string> lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? throw new FormatException($"{Source} has no {name}");
}
