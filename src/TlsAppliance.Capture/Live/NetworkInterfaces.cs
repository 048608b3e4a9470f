using System.Globalization;
using System.Text;
using TlsAppliance.Capture.Live.Native;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>
/// The interfaces of the calling thread's network namespace. Asked of the kernel by ioctl(2) and /proc, because what is mounted at /sys may be of another namespace.
/// </summary>
public static unsafe class NetworkInterfaces
{
    private const string Proc = "/proc/thread-self/net/";
    private const int FlagUp = 1;

    /// <summary>IFF_LOOPBACK.</summary>
    private const int FlagLoopback = 8;

    /// <summary>The first lines of /proc/net/dev are headings.</summary>
    private const int Headings = 2;

    /// <summary>After the name in a line of /proc/net/dev: received bytes, packets, errs, drop (rx_dropped and rx_missed_errors), fifo.</summary>
    private const int DropColumn = 3, FifoColumn = 4;

    /// <summary>Names, sorted.</summary>
    public static IReadOnlyList<string> All => [.. DeviceLines().Select(line => line.Name).Order(StringComparer.Ordinal)];

    /// <summary>Those that are up, without the loopback: what <c>any</c> means.</summary>
    public static IReadOnlyList<string> Any => [.. All.Where(name => (Flags(name) & (FlagUp | FlagLoopback)) == FlagUp)];

    /// <summary>Up as far as the administrator says.</summary>
    public static bool IsUp(string name) => (Flags(name) & FlagUp) != 0;

    public static bool Exists(string name) => Libc.InterfaceIndex(name) != 0;

    /// <summary>The interface that the default route leaves by; null when there is none.</summary>
    /// <param name="ipv6">Of IPv6; else of IPv4.</param>
    public static string? DefaultRoute(bool ipv6)
    {
        // route: name, destination … mask; ipv6_route: destination, its prefix length … name.
        string[][] routes = [.. ReadLines(ipv6 ? "ipv6_route" : "route").Select(Columns)];
        return ipv6
            ? routes.FirstOrDefault(route => route is [_, "00", .., not "lo"] && route[0].All(digit => digit == '0'))?[^1]
            : routes.FirstOrDefault(route => route.Length > 7 && route[1] == "00000000" && route[7] == "00000000")?[0];
    }

    /// <summary>Frames that the interface or its driver has lost so far (rx_dropped, rx_missed_errors, rx_fifo_errors); many drivers count them nowhere else.</summary>
    public static long Lost(string name) =>
        DeviceLines().Where(line => line.Name == name).Select(line => Number(line.Columns[DropColumn]) + Number(line.Columns[FifoColumn])).FirstOrDefault();

    /// <summary>What frames of this interface begin with; null: something that only libpcap can tell.</summary>
    internal static LinkType? LinkTypeOf(string name) => Ask(name, Libc.GetHardwareAddress) switch
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

    private static int Flags(string name) => Math.Max(0, Ask(name, Libc.GetFlags));

    /// <summary>The 16 bits that an ioctl tells of an interface; -1 when there is none of that name.</summary>
    private static int Ask(string name, uint request)
    {
        var answer = default(InterfaceRequest);
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) >= InterfaceRequest.NameLength)
        {
            return -1;
        }

        Encoding.UTF8.GetBytes(name, new Span<byte>(answer.Name, InterfaceRequest.NameLength));
        int socket = Libc.Socket(Libc.AddressFamilyInternet, Libc.SocketDatagram | Libc.CloseOnExec, 0);
        int result = Libc.Control(socket, request, &answer);
        _ = Libc.Close(socket);
        return result < 0 ? -1 : answer.Value;
    }

    private static IEnumerable<(string Name, string[] Columns)> DeviceLines() =>
        from line in ReadLines("dev").Skip(Headings)
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        where colon > 0
        let columns = Columns(line[(colon + 1)..])
        where columns.Length > FifoColumn
        select (line[..colon].Trim(), columns);

    private static string[] Columns(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out long value) ? value : 0;

    /// <summary>Where there is no /proc, or less of it, nothing is known.</summary>
    private static string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(Proc + file);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
