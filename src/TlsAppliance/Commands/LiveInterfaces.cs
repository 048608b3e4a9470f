using System.Globalization;
using TlsAppliance.Capture.Live;
using TlsAppliance.Capture.Live.Filters;
using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>From the devices and filters of the configuration to interfaces that can be captured.</summary>
internal static class LiveInterfaces
{
    private const string Any = "any";
    private const char FileMark = '@';

    /// <summary>What is to be captured, checked as far as it can be without capturing.</summary>
    /// <exception cref="LiveCaptureException">There is no such interface, or a filter is wrong.</exception>
    public static IReadOnlyList<LiveCaptureOptions> Resolve(ApplianceOptions options) => Resolve(options, options.Pipeline.Ports);

    /// <inheritdoc cref="Resolve(ApplianceOptions)"/>
    /// <param name="options">What is configured.</param>
    /// <param name="ports">Ports that the engine reads, of which a filter is made where there is none.</param>
    public static IReadOnlyList<LiveCaptureOptions> Resolve(ApplianceOptions options, IReadOnlyList<ushort> ports)
    {
        var captures = new List<LiveCaptureOptions>();
        foreach (InterfaceOptions item in options.Interfaces.Items)
        {
            string filter = FilterOf(item, options.Capture.FilterPorts ? ports : []);
            foreach (string name in Names(item.Device).Where(name => captures.TrueForAll(known => known.Interface != name)))
            {
                captures.Add(item.ToCaptureOptions(name, filter, options.Capture));
            }
        }

        return captures.Count > 0
            ? captures
            : throw new LiveCaptureException(LiveCaptureFailure.NoSuchInterface, "no interface is up but the loopback; name one with -i");
    }

    private static IEnumerable<string> Names(string device)
    {
        IReadOnlyList<string> all = NetworkInterfaces.All;
        if (device == Any && !all.Contains(Any))
        {
            return NetworkInterfaces.Any;
        }

        if (device.StartsWith("default_route", StringComparison.Ordinal))
        {
            return [DefaultRoute(device) ?? throw new LiveCaptureException(LiveCaptureFailure.NoSuchInterface, "there is no default route; name an interface with -i")];
        }

        bool isNumber = int.TryParse(device, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < all.Count && !all.Contains(device);
        string name = isNumber ? all[number] : device;
        return NetworkInterfaces.Exists(name) ? [name] : throw NoSuchInterface(name, all);
    }

    private static string? DefaultRoute(string device) => device switch
    {
        "default_route_ipv6" => NetworkInterfaces.DefaultRoute(ipv6: true),
        "default_route_ipv4" => NetworkInterfaces.DefaultRoute(ipv6: false),
        _ => NetworkInterfaces.DefaultRoute(ipv6: false) ?? NetworkInterfaces.DefaultRoute(ipv6: true),
    };

    private static LiveCaptureException NoSuchInterface(string name, IReadOnlyList<string> all) => new(
        LiveCaptureFailure.NoSuchInterface, $"no interface is named {name}; there are {string.Join(", ", all)}");

    private static string FilterOf(InterfaceOptions item, IReadOnlyList<ushort> ports)
    {
        string filter = item.Filter.Length > 0 && item.Filter[0] == FileMark ? ReadFilter(item.Filter[1..]) : item.Filter;
        filter = filter.Trim();
        if (filter.Length == 0)
        {
            filter = PortExpression.For(ports);
        }

        return CaptureFilter.Objection(filter) is { } objection
            ? throw new LiveCaptureException(LiveCaptureFailure.BadFilter, $"not a filter: \"{filter}\": {objection}")
            : filter;
    }

    /// <summary>As tcpdump's -F: lines are joined, what follows a # is a comment.</summary>
    private static string ReadFilter(string path)
    {
        try
        {
            return string.Join(' ', File.ReadLines(path).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LiveCaptureException(LiveCaptureFailure.BadFilter, $"cannot read the filter {path}: {failure.Message}");
        }
    }
}
