using System.Globalization;

namespace TlsAppliance.Doctor.Readings;

/// <summary>Frames that cores dropped because their backlog was full.</summary>
internal readonly record struct SoftnetStatistics(long Dropped)
{
    private const string Source = "/proc/net/softnet_stat";

    public static SoftnetStatistics Read() => Parse(File.ReadAllLines(Source));

    /// <param name="lines">One per core, in hexadecimal columns: processed, dropped, …</param>
    /// <exception cref="FormatException">A line is of another form.</exception>
    public static SoftnetStatistics Parse(IEnumerable<string> lines) => new(lines.Sum(DroppedBy));

    private static long DroppedBy(string line)
    {
        string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 1
            ? long.Parse(columns[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : throw new FormatException($"{Source} has a line of {columns.Length} columns");
    }
}
