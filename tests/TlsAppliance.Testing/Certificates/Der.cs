using System.Globalization;
using System.Numerics;
using System.Text;

namespace TlsAppliance.Testing.Certificates;

/// <summary>Writes DER elements, and on purpose also wrong ones.</summary>
public static class Der
{
    public static byte[] Element(byte tag, params byte[][] contents)
    {
        byte[] joined = [.. contents.SelectMany(part => part)];
        return [tag, .. Length(joined.Length), .. joined];
    }

    /// <summary>An element whose length octets are these, whatever follows.</summary>
    public static byte[] WithLengthOctets(byte tag, byte[] lengthOctets, params byte[] contents) => [tag, .. lengthOctets, .. contents];

    public static byte[] Sequence(params byte[][] contents) => Element(0x30, contents);

    public static byte[] Set(params byte[][] contents) => Element(0x31, contents);

    public static byte[] Explicit(int number, params byte[][] contents) => Element((byte)(0xA0 | number), contents);

    public static byte[] Integer(params byte[] octets) => Element(0x02, octets);

    public static byte[] BitString(params byte[] octets) => Element(0x03, [0], octets);

    public static byte[] OctetString(params byte[] octets) => Element(0x04, octets);

    public static byte[] Null() => Element(0x05);

    public static byte[] True() => Element(0x01, [0xFF]);

    /// <summary>Arcs may have any size.</summary>
    public static byte[] Oid(string dotted)
    {
        BigInteger[] arcs = [.. dotted.Split('.').Select(arc => BigInteger.Parse(arc, CultureInfo.InvariantCulture))];
        return Element(0x06, [.. new[] { (arcs[0] * 40) + arcs[1] }.Concat(arcs.Skip(2)).SelectMany(Base128)]);
    }

    public static byte[] Utf8(string text) => Element(0x0C, Encoding.UTF8.GetBytes(text));

    public static byte[] Printable(string text) => Element(0x13, Encoding.ASCII.GetBytes(text));

    public static byte[] UtcTime(string text) => Element(0x17, Encoding.ASCII.GetBytes(text));

    public static byte[] GeneralizedTime(string text) => Element(0x18, Encoding.ASCII.GetBytes(text));

    /// <summary>This many elements, one inside the other.</summary>
    public static byte[] Nested(byte tag, int depth)
    {
        var parts = new List<byte[]>();
        int length = 0;
        for (int i = 0; i < depth; i++)
        {
            byte[] header = [tag, .. Length(length)];
            parts.Add(header);
            length += header.Length;
        }

        parts.Reverse();
        return [.. parts.SelectMany(part => part)];
    }

    private static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        < 0x10000 => [0x82, (byte)(length >> 8), (byte)length],
        _ => [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };

    private static IEnumerable<byte> Base128(BigInteger arc)
    {
        var septets = new List<byte> { (byte)(arc & 0x7F) };
        for (arc >>= 7; arc > 0; arc >>= 7)
        {
            septets.Add((byte)((arc & 0x7F) | 0x80));
        }

        septets.Reverse();
        return septets;
    }
}
