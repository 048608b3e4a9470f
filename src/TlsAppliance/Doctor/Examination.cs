using TlsAppliance.Capture.Devices;
using TlsAppliance.Configuration;
using TlsAppliance.Doctor.Checks;

namespace TlsAppliance.Doctor;

/// <summary>Which checks there are, in the order of their report: the interfaces first, then the box.</summary>
internal static class Examination
{
    /// <param name="devices">Interfaces to look at; none: those that <c>any</c> stands for.</param>
    /// <param name="options">The configuration in force.</param>
    public static IReadOnlyList<Finding> Run(IReadOnlyList<string> devices, ApplianceOptions options)
    {
        string[] named = devices.Count > 0
            ? [.. devices]
            : [.. NetworkDevices.List().Where(device => device.IsTakenByAny).Select(device => device.Name)];
        return [.. named.SelectMany(ExamineDevice), .. OfBox(named.FirstOrDefault(), options).Select(check => check.Examine())];
    }

    /// <summary>Of an interface that is not there, nothing but that is told.</summary>
    private static IEnumerable<Finding> ExamineDevice(string device)
    {
        if (NetworkDevices.Find(device) is null)
        {
            return [new LinkCheck(device).Examine()];
        }

        ICheck[] checks =
        [
            new LinkCheck(device), new DriverCheck(device), new RingCheck(device), new OffloadCheck(device), new ReceiveHashCheck(device),
            new MtuCheck(device), new ReceiveCounterCheck(device),
        ];
        return checks.Select(check => check.Examine());
    }

    private static IEnumerable<ICheck> OfBox(string? device, ApplianceOptions options) =>
    [
        new CapabilityCheck(), new FanoutCheck(device), new LibpcapCheck(), new BacklogCheck(), new SoftnetCheck(), new CoreCheck(options.Pipeline.Shards),
        new ClockCheck(), new DiskCheck("path.data", options.DataPath), new DiskCheck("path.logs", options.LogsPath), new FileLimitCheck(),
        .. options.Outputs.Contains("elasticsearch") ? options.Elasticsearch.EffectiveClient.Hosts.Select(host => new ElasticsearchCheck(host, options)) : [],
    ];
}
