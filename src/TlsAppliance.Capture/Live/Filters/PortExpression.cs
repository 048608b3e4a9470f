using System.Globalization;

namespace TlsAppliance.Capture.Live.Filters;

/// <summary>
/// A filter that takes the TCP connections of some ports and whatever may have such a connection inside: fragments, which have no ports, and every tunnel that the
/// decoder looks into. What it leaves to the kernel are the other TCP and UDP packets, the bulk of most links.
/// </summary>
public static class PortExpression
{
    /// <summary>802.1Q in 802.1ad and one more.</summary>
    private const int VlanDepth = 3;

    /// <summary>GTP-U, L2TP, Teredo, ESP, VXLAN, VXLAN-GPE, AYIYA, CAPWAP, GENEVE, VXLAN as Linux has it.</summary>
    private static readonly int[] s_tunnels = [2152, 1701, 3544, 4500, 4789, 4790, 5072, 5247, 6081, 8472];

    /// <param name="ports">Empty: no filter, an empty text.</param>
    public static string For(IReadOnlyList<ushort> ports)
    {
        if (ports.Count == 0)
        {
            return string.Empty;
        }

        // In this language "and" does not bind closer than "or".
        string inner = string.Join(" or ", Terms(ports).Select(term => $"({term})"));
        string expression = inner;
        for (int depth = 0; depth < VlanDepth; depth++)
        {
            // A vlan in an expression moves the offsets of everything behind it, so each depth is nested in the one before.
            expression = $"{inner} or (vlan and ({expression}))";
        }

        return expression;
    }

    private static IEnumerable<string> Terms(IReadOnlyList<ushort> ports)
    {
        yield return $"tcp and ({AnyOf("port", ports.Select(port => (int)port))})";
        yield return "ip[6:2] & 0x3fff != 0";

        // Whatever is behind another header of IPv4 or IPv6, such as GRE, IP in IP, AH, extension headers and fragments.
        yield return "ip and not tcp and not udp";
        yield return "ip6 and not (ip6[6] == 6 or ip6[6] == 17)";
        yield return $"udp and ({AnyOf("port", s_tunnels)})";

        // MPLS, PPPoE, LLC, provider backbone and the like: not IP, not ARP, and not the tags that are looked into below.
        yield return "not ip and not ip6 and not arp and not (ether proto 0x8100 or ether proto 0x88a8 or ether proto 0x9100)";
    }

    private static string AnyOf(string what, IEnumerable<int> numbers) =>
        string.Join(" or ", numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{what} {number}")));
}
