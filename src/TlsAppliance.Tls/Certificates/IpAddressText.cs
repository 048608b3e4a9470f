using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Text form of an address as Go prints it: dotted quad also for IPv4-mapped ones; IPv6 in lower case with its first longest run of zeros cut out
/// (RFC 5952 §4).
/// </summary>
internal static class IpAddressText
{
    private const int Groups = 8;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>Null: neither 4 nor 16 bytes.</summary>
    internal static string? Of(ReadOnlySpan<byte> address) => address.Length switch
    {
        4 => Quad(address),
        16 when address.StartsWith(MappedPrefix) => Quad(address[12..]),
        16 => Colons(address),
        _ => null,
    };

    private static string Quad(ReadOnlySpan<byte> address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address[0]}.{address[1]}.{address[2]}.{address[3]}");

    private static string Colons(ReadOnlySpan<byte> address)
    {
        (int start, int length) = LongestZeroRun(address);
        var text = new StringBuilder(39);
        for (int group = 0; group < Groups; group++)
        {
            if (group == start)
            {
                text.Append("::");
                group += length - 1;
                continue;
            }

            string separator = group == 0 || group == start + length ? "" : ":";
            text.Append(CultureInfo.InvariantCulture, $"{separator}{Group(address, group):x}");
        }

        return text.ToString();
    }

    /// <summary>The first of the longest runs of two or more zero groups; (-1, 0) when there is none.</summary>
    private static (int Start, int Length) LongestZeroRun(ReadOnlySpan<byte> address)
    {
        (int Start, int Length) best = (-1, 0);
        int run = 0;
        for (int group = 0; group < Groups; group++)
        {
            run = Group(address, group) == 0 ? run + 1 : 0;
            if (run >= 2 && run > best.Length)
            {
                best = (group - run + 1, run);
            }
        }

        return best;
    }

    private static ushort Group(ReadOnlySpan<byte> address, int group) => BinaryPrimitives.ReadUInt16BigEndian(address[(group * 2)..]);
}
