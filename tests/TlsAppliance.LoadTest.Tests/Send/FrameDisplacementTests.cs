using System.Buffers.Binary;
using TlsAppliance.LoadTest.Send;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Testing.Frames;

namespace TlsAppliance.LoadTest.Tests.Send;

/// <summary>What a pass with addresses of its own puts on the wire.</summary>
public class FrameDisplacementTests
{
    private static readonly int[] Distances = [1, 2, 255, 256, 65_535, 65_536, 1_000_000, int.MaxValue];

    public static TheoryData<string, string, bool> Endpoints => new()
    {
        { "192.0.2.1", "198.51.100.2", false },
        { "192.0.2.1", "198.51.100.2", true },
        { "255.255.255.255", "0.0.0.0", false },
        { "2001:db8::1", "2001:db8:ffff::ffff", true },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void A_frame_becomes_the_one_that_its_new_addresses_would_have_sent(string source, string destination, bool tagged)
    {
        foreach (int distance in Distances.Where(distance => !source.Contains(':') || distance < 1_000))
        {
            byte[] frame = Segment(source, destination, tagged);
            DecodedFrame before = Decoded(frame), after = default;
            FrameDisplacement.Apply(frame, distance);
            after = Decoded(frame);
            bool sourceIsLow = before.SourceIsLow;
            Assert.Equal(before.Key.Displaced(distance, ref sourceIsLow), after.Key);
            Assert.Equal(sourceIsLow, after.SourceIsLow);
            Assert.Equal(Text(Segment(AddressOf(after, true), AddressOf(after, false), tagged)), Text(frame));
        }
    }

    [Fact]
    public void Steps_of_one_lead_where_one_long_step_leads()
    {
        byte[] many = Segment("192.0.2.250", "198.51.100.2", tagged: false), once = [.. many];
        for (int i = 0; i < 300; i++)
        {
            FrameDisplacement.Apply(many, 1);
        }

        FrameDisplacement.Apply(once, 300);
        Assert.Equal(Text(once), Text(many));
    }

    [Fact]
    public void A_checksum_that_was_left_out_stays_left_out()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv4().Udp(1000, 53).Payload([1, 2, 3]).Build();
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(40), 0);
        FrameDisplacement.Apply(frame, 5);
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(40)));
    }

    [Fact]
    public void What_is_cut_or_no_ip_is_harmless()
    {
        byte[] frame = Segment("2001:db8::1", "2001:db8::2", tagged: true), other = new FrameBuilder().Ethernet().Ipv4().Build();
        for (int length = 0; length <= frame.Length; length++)
        {
            FrameDisplacement.Apply(frame.AsSpan(0, length).ToArray(), 1);
            FrameDisplacement.Apply(other.AsSpan(0, Math.Min(length, other.Length)).ToArray(), 1);
        }

        byte[] arp = [.. frame[..12], 8, 6, .. frame[14..]], expected = [.. arp];
        FrameDisplacement.Apply(arp, 1);
        Assert.Equal(expected, arp);
    }

    /// <summary>A fragment without the transport header has no checksum to mend, only data.</summary>
    [Fact]
    public void The_data_of_a_later_fragment_stays()
    {
        byte[] fragment = new FrameBuilder().Ethernet().Ipv4().Tcp(1000, 443, 1, 2, TcpFlags.Ack).Payload(new byte[100]).BuildFragments(64)[1];
        byte[] expected = [.. fragment];
        FrameDisplacement.Apply(fragment, 1);
        Assert.Equal(expected[34..], fragment[34..]);
        Assert.NotEqual(expected[26..34], fragment[26..34]);
    }

    private static byte[] Segment(string source, string destination, bool tagged) =>
        FrameBuilder.TcpSegment(source, 40_000, destination, 443, 100, 200, TcpFlags.Ack, "some payload!"u8, tagged ? (ushort)7 : null);

    private static DecodedFrame Decoded(byte[] frame)
    {
        DecodedFrame decoded = default;
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded));
        return decoded;
    }

    private static string AddressOf(in DecodedFrame decoded, bool source)
    {
        UInt128 address = decoded.SourceIsLow == source ? decoded.Key.LowAddress : decoded.Key.HighAddress;
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new System.Net.IPAddress(decoded.Key.IpVersion == 4 ? bytes[12..] : bytes).ToString();
    }

    private static string Text(byte[] frame) => Convert.ToHexString(frame);
}
