using System.Globalization;
using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>What event files are called.</summary>
internal static class EventFileNames
{
    private const string Extension = ".ndjson";

    /// <summary><c>events/tls-appliance-20260131T235959Z.ndjson</c>: the start of the run, in UTC, so that files sort by it and no run meets another's.</summary>
    public static string ForRun(FileOutputOptions options, DateTimeOffset start) => Path.Combine(
        options.Path, string.Create(CultureInfo.InvariantCulture, $"{options.Filename}-{start.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}{Extension}"));

    /// <param name="outputName">The capture's path below its directory as one name: <c>a__b__c.pcap</c>.</param>
    public static string ForCapture(string directory, string outputName) => Path.Combine(directory, outputName + Extension);
}
