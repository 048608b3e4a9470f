using System.Globalization;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Events.Json;

/// <summary>Text of the addresses of a flow key: dotted quad, or IPv6 in the form of RFC 5952.</summary>
internal static class IpAddressText
{
    internal const int MaxLength = 39;

    private const int GroupCount = 8;
    private const int GroupsInHalf = 4;
    private const int GroupBits = 16;

    /// <param name="address">Address of either version.</param>
    /// <param name="ipVersion">4 or 6.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    internal static int Write(in IpAddress address, byte ipVersion, Span<byte> destination) =>
        ipVersion == 4 ? WriteIpv4(address.Ipv4, destination) : WriteIpv6(address, destination);

    private static int WriteIpv4(uint address, Span<byte> destination)
    {
        int written = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            written += WriteDecimal((byte)(address >> shift), destination[written..]);
            if (shift > 0)
            {
                destination[written++] = (byte)'.';
            }
        }

        return written;
    }

    /// <summary>An IPv4-mapped address is written as IPv4, as Go's <c>net.IP</c> does.</summary>
    private static int WriteIpv6(in IpAddress address, Span<byte> destination)
    {
        if (address.High == 0 && address.Low >> 32 == 0xFFFF)
        {
            return WriteIpv4(address.Ipv4, destination);
        }

        (int start, int length) = LongestZeroRun(address);
        int written = 0;
        for (int group = 0; group < GroupCount; group++)
        {
            if (group == start)
            {
                "::"u8.CopyTo(destination[written..]);
                written += 2;
                group += length - 1;
                continue;
            }

            if (group > 0 && group != start + length)
            {
                destination[written++] = (byte)':';
            }

            Group(address, group).TryFormat(destination[written..], out int digits, "x", CultureInfo.InvariantCulture);
            written += digits;
        }

        return written;
    }

    /// <summary>The first of the longest runs of at least two zero groups (RFC 5952 §4.2); start -1 when there is none.</summary>
    private static (int Start, int Length) LongestZeroRun(in IpAddress address)
    {
        (int start, int length) = (-1, 1);
        for (int group = 0, run = 0; group < GroupCount; group++)
        {
            run = Group(address, group) == 0 ? run + 1 : 0;
            if (run > length)
            {
                (start, length) = (group - run + 1, run);
            }
        }

        return start < 0 ? (-1, 0) : (start, length);
    }

    private static ushort Group(in IpAddress address, int group) =>
        (ushort)((group < GroupsInHalf ? address.High : address.Low) >> (GroupBits * (GroupsInHalf - 1 - (group % GroupsInHalf))));

    private static int WriteDecimal(byte value, Span<byte> destination)
    {
        int written = 0;
        if (value >= 100)
        {
            destination[written++] = (byte)('0' + (value / 100));
        }

        if (value >= 10)
        {
            destination[written++] = (byte)('0' + (value / 10 % 10));
        }

        destination[written++] = (byte)('0' + (value % 10));
        return written;
    }
}
