using System.Globalization;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>The interfaces of this host, as the kernel shows them below /sys/class/net.</summary>
public static class NetworkInterfaces
{
    private const string Root = "/sys/class/net";
    private const int FlagUp = 1;

    /// <summary>IFF_LOOPBACK.</summary>
    private const int FlagLoopback = 8;

    /// <summary>Names, sorted.</summary>
    public static IReadOnlyList<string> All =>
        Directory.Exists(Root) ? [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Those that are up, without the loopback: what <c>any</c> means.</summary>
    public static IReadOnlyList<string> Any => [.. All.Where(name => (Flags(name) & (FlagUp | FlagLoopback)) == FlagUp)];

    /// <summary>Up as far as the administrator says.</summary>
    public static bool IsUp(string name) => (Flags(name) & FlagUp) != 0;

    public static bool Exists(string name) => name.Length > 0 && !name.Contains('/') && name is not ("." or "..") && Directory.Exists($"{Root}/{name}");

    /// <summary>The interface that the default route leaves by; null when there is none.</summary>
    /// <param name="ipv6">Of IPv6; else of IPv4.</param>
    public static string? DefaultRoute(bool ipv6)
    {
        // /proc/net/route: name, destination …; /proc/net/ipv6_route: destination, its prefix length … name.
        string[][] routes = [.. ReadLines(ipv6 ? "/proc/net/ipv6_route" : "/proc/net/route").Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        return ipv6
            ? routes.FirstOrDefault(route => route is [_, "00", .., not "lo"] && route[0].All(digit => digit == '0'))?[^1]
            : routes.FirstOrDefault(route => route.Length > 7 && route[1] == "00000000" && route[7] == "00000000")?[0];
    }

    /// <summary>Frames that the interface or its driver has lost so far; many drivers count them nowhere else.</summary>
    public static long Lost(string name) => Number($"{Root}/{name}/statistics/rx_dropped") + Number($"{Root}/{name}/statistics/rx_missed_errors")
        + Number($"{Root}/{name}/statistics/rx_fifo_errors");

    /// <summary>What frames of this interface begin with; null: something that only libpcap can tell.</summary>
    internal static LinkType? LinkTypeOf(string name) => Number($"{Root}/{name}/type") switch
    {
        // ARPHRD_ETHER, ARPHRD_LOOPBACK.
        1 or 772 => LinkType.Ethernet,

        // ARPHRD_RAWIP, ARPHRD_NONE, ARPHRD_TUNNEL, ARPHRD_TUNNEL6, ARPHRD_SIT, ARPHRD_IPGRE: nothing before the IP header.
        519 or 65534 or 768 or 769 or 776 or 778 => LinkType.Raw,

        // ARPHRD_IEEE80211, _PRISM, _RADIOTAP.
        801 => LinkType.Ieee80211,
        802 => LinkType.Ieee80211Prism,
        803 => LinkType.Ieee80211Radiotap,
        _ => null,
    };

    /// <summary>The MTU in bytes; 0 when it cannot be told.</summary>
    internal static int Mtu(string name) => (int)Number($"{Root}/{name}/mtu");

    private static int Flags(string name)
    {
        string text = ReadText($"{Root}/{name}/flags");
        return text.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int flags) ? flags : 0;
    }

    private static long Number(string path) => long.TryParse(ReadText(path), CultureInfo.InvariantCulture, out long value) ? value : 0;

    /// <summary>An interface may go away at any moment: then there is nothing to read.</summary>
    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static string[] ReadLines(string path) => ReadText(path).Split('\n');
}
