using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace TlsAppliance.Capture.Devices;

/// <summary>The interfaces of the network namespace that the process is in.</summary>
public static class NetworkDevices
{
    // struct ifinfomsg and struct ifaddrmsg of linux/rtnetlink.h and linux/if_addr.h.
    private const int LinkHeader = 16;
    private const int LinkIndexOffset = 4;
    private const int LinkFlagsOffset = 8;
    private const int AddressHeader = 8;
    private const int AddressIndexOffset = 4;

    // IFLA_*
    private const ushort LinkName = 3;
    private const ushort LinkMtu = 4;
    private const ushort LinkPromiscuity = 30;
    private const ushort LinkStatistics = 23;

    // IFA_*: of a point-to-point link the local address is the second.
    private const ushort AddressPeer = 1;
    private const ushort AddressLocal = 2;

    // IFF_*
    private const uint Up = 0x1;
    private const uint Loopback = 0x8;
    private const uint LowerUp = 0x10000;

    /// <summary>In the order of their index.</summary>
    /// <exception cref="Win32Exception">The kernel does not answer.</exception>
    public static IReadOnlyList<NetworkDevice> List()
    {
        Dictionary<int, List<IPAddress>> addresses = ReadAddresses();
        using var ethtool = new Ethtool();
        return
        [
            .. RouteNetlink.Dump(RouteNetlink.GetLink, LinkHeader)
                .Select(message => ReadLink(message, addresses, ethtool))
                .OrderBy(device => device.Index),
        ];
    }

    /// <summary>Null when there is no interface of this name.</summary>
    /// <exception cref="Win32Exception">The kernel does not answer.</exception>
    public static NetworkDevice? Find(string name) => List().FirstOrDefault(device => device.Name == name);

    private static NetworkDevice ReadLink(byte[] message, Dictionary<int, List<IPAddress>> addresses, Ethtool ethtool)
    {
        int index = MemoryMarshal.Read<int>(message.AsSpan(LinkIndexOffset));
        uint flags = MemoryMarshal.Read<uint>(message.AsSpan(LinkFlagsOffset));
        var device = new NetworkDevice
        {
            Name = "",
            Index = index,
            IsUp = (flags & Up) != 0,
            HasCarrier = (flags & LowerUp) != 0,
            IsLoopback = (flags & Loopback) != 0,
            Addresses = addresses.GetValueOrDefault(index) ?? [],
        };
        foreach ((ushort type, ReadOnlyMemory<byte> value) in RouteNetlink.Attributes(message.AsMemory(LinkHeader)))
        {
            device = type switch
            {
                LinkName => device with { Name = Encoding.UTF8.GetString(value.Span.TrimEnd((byte)0)) },
                LinkMtu => device with { Mtu = MemoryMarshal.Read<int>(value.Span) },
                LinkPromiscuity => device with { IsPromiscuous = MemoryMarshal.Read<int>(value.Span) != 0 },
                LinkStatistics => device with { Received = ReadCounters(MemoryMarshal.Cast<byte, ulong>(value.Span)) },
                _ => device,
            };
        }

        return device with { Driver = ethtool.Driver(device.Name), Speed = ethtool.Speed(device.Name) };
    }

    /// <summary>By position in <c>struct rtnl_link_stats64</c>, receive side only.</summary>
    private static ReceiveCounters ReadCounters(ReadOnlySpan<ulong> counters) =>
        new(Packets: counters[0], Errors: counters[4], Dropped: counters[6], TooLong: counters[10], Damaged: counters[12], Missed: counters[15]);

    private static Dictionary<int, List<IPAddress>> ReadAddresses()
    {
        var all = new Dictionary<int, List<IPAddress>>();
        foreach (byte[] message in RouteNetlink.Dump(RouteNetlink.GetAddress, AddressHeader))
        {
            int index = MemoryMarshal.Read<int>(message.AsSpan(AddressIndexOffset));
            Dictionary<ushort, ReadOnlyMemory<byte>> attributes = RouteNetlink.Attributes(message.AsMemory(AddressHeader)).ToDictionary();
            if (attributes.TryGetValue(AddressLocal, out ReadOnlyMemory<byte> address) || attributes.TryGetValue(AddressPeer, out address))
            {
                if (!all.TryGetValue(index, out List<IPAddress>? ofDevice))
                {
                    all.Add(index, ofDevice = []);
                }

                ofDevice.Add(new IPAddress(address.Span));
            }
        }

        return all;
    }
}
