namespace TlsAppliance.Configuration;

/// <summary>Values that Packetbeat's <c>output.elasticsearch.preset</c> stands for; they win over the options themselves, as there.</summary>
internal sealed record OutputPreset(
    string Name, int Workers, int BulkMaximum, int QueueEvents, int FlushEvents, TimeSpan FlushTimeout, TimeSpan IdleTimeout, TimeSpan BackoffInitial, TimeSpan BackoffMaximum)
{
    /// <summary>Each option for itself.</summary>
    public const string Custom = "custom";

    public static IReadOnlyList<OutputPreset> All { get; } =
    [
        new("balanced", 1, 1600, 3200, 1600, Seconds(10), Seconds(3), Seconds(1), Seconds(60)),
        new("throughput", 4, 1600, 12800, 1600, Seconds(5), Seconds(15), Seconds(1), Seconds(60)),
        new("scale", 1, 1600, 3200, 1600, Seconds(20), Seconds(1), Seconds(5), Seconds(300)),
        new("latency", 1, 50, 4100, 2050, Seconds(1), Seconds(60), Seconds(1), Seconds(60)),
    ];

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
