using TlsAppliance.Capture.Live;
using TlsAppliance.Configuration.Values;

namespace TlsAppliance.Configuration;

/// <content>What is captured, and how.</content>
internal static partial class ApplianceRegistry
{
    /// <summary>A section, or a list of sections of which each is an interface of its own.</summary>
    public const string InterfacesKey = "packetbeat.interfaces";

    /// <summary>What <c>--type</c> sets.</summary>
    public const string CaptureTypeKey = InterfacesKey + ".type";

    /// <summary>What <c>--bpf</c> sets.</summary>
    public const string CaptureFilterKey = InterfacesKey + ".bpf_filter";

    private const int LongestFilter = 65_536;
    private const int MostThreads = 64;

    private static readonly ChoiceFormat<LiveCaptureType> s_captureTypes = new(("af_packet", LiveCaptureType.AfPacket), ("pcap", LiveCaptureType.Pcap));

    private static IEnumerable<OptionDefinition> Captures() =>
    [
        OfInterface(
            "device",
            "Interface to capture: its name, its number in the list of devices, any (every one that is up, without the loopback), or default_route (also default_route_ipv4, _ipv6).",
            new TextFormat(256),
            options => options.Device,
            (options, value) => options with { Device = value },
            Packetbeat),
        OfInterface(
            "type",
            "af_packet: an own ring that the kernel fills; pcap: libpcap.",
            s_captureTypes,
            options => options.Type,
            (options, value) => options with { Type = value }),
        OfInterface(
            "snaplen",
            "Bytes of a frame that are taken at most.",
            new IntegerFormat(64, LiveCaptureOptions.MaximumSnapLength, "bytes"),
            options => options.SnapLength,
            (options, value) => options with { SnapLength = value },
            Packetbeat),
        OfInterface(
            "buffer_size_mb",
            "Room for frames that wait to be read, of each capture thread.",
            new IntegerFormat(1, 65_536, "MiB"),
            options => options.BufferMegabytes,
            (options, value) => options with { BufferMegabytes = value },
            Packetbeat),
        OfInterface(
            "bpf_filter",
            "The kernel drops what this filter (pcap-filter(7)) does not take; @FILE reads it from a file. Empty: made from the ports, if any are listed.",
            new TextFormat(LongestFilter),
            options => options.Filter,
            (options, value) => options with { Filter = value },
            Packetbeat),
        new OptionDefinition<bool>
        {
            Key = InterfacesKey + ".with_vlans",
            Help = "Taken for Packetbeat's sake: VLAN tags are looked behind in any case, also by a filter that is made from the ports.",
            Format = s_boolean,
            Get = _ => true,
            Set = (_, _) => { },
        },
        OfInterface(
            "auto_promisc_mode",
            "Take frames for other addresses, too.",
            s_boolean,
            options => options.Promiscuous,
            (options, value) => options with { Promiscuous = value },
            "true; Packetbeat's is false"),
        OfInterface(
            "ignore_outgoing",
            "Leave out what this host sends.",
            s_boolean,
            options => options.IgnoreOutgoing,
            (options, value) => options with { IgnoreOutgoing = value }),
        OfInterface(
            "fanout_group",
            "Processes that give the same number share the connections of an interface. -1: a number that nobody has.",
            new IntegerFormat(-1, ushort.MaxValue),
            options => options.FanoutGroup,
            (options, value) => options with { FanoutGroup = value }),
        OfInterface(
            "threads",
            "Threads that capture this interface; both directions of a connection come to the same one.",
            new IntegerFormat(1, MostThreads, "threads"),
            options => options.Threads,
            (options, value) => options with { Threads = value }),
        OfCapture(
            "latency",
            "A frame waits so long at most before it is read. Shorter: sooner seen; longer: a ring holds more thin traffic.",
            new DurationFormat(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)),
            options => options.Latency,
            (options, value) => options with { Latency = value }),
        OfCapture(
            "hardware_timestamps",
            "Times of the card, where it was told to take them (hwstamp_ctl -r 1); else those of the kernel.",
            s_boolean,
            options => options.HardwareTimestamps,
            (options, value) => options with { HardwareTimestamps = value }),
        OfCapture(
            "filter_ports",
            "Make a filter for the kernel from the ports of the TLS section, so that other traffic costs nothing.",
            s_boolean,
            options => options.FilterPorts,
            (options, value) => options with { FilterPorts = value }),
    ];

    private static OptionDefinition<T> OfInterface<T>(
        string name, string help, ValueFormat<T> format, Func<InterfaceOptions, T> get, Func<InterfaceOptions, T, InterfaceOptions> set, string? matches = null) => new()
    {
        Key = $"{InterfacesKey}.{name}",
        Help = help,
        DefaultMatches = matches,
        Format = format,
        Get = options => get(options.Interfaces.Current),
        Set = (options, value) => options.Interfaces.Change(item => set(item, value)),
    };

    private static OptionDefinition<T> OfCapture<T>(
        string name, string help, ValueFormat<T> format, Func<CaptureOptions, T> get, Func<CaptureOptions, T, CaptureOptions> set) => new()
    {
        Key = "tls_appliance.capture." + name,
        Help = help,
        Format = format,
        Get = options => get(options.Capture),
        Set = (options, value) => options.Capture = set(options.Capture, value),
    };
}
