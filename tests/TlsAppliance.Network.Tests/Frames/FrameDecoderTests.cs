using System.Buffers.Binary;
using System.Net;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Fragments;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Frames;

namespace TlsAppliance.Network.Tests.Frames;

public class FrameDecoderTests
{
    public static TheoryData<string> Samples => new(SampleFrame.All.Select(sample => sample.Name));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Reads_the_segment_in_every_carrier(string name)
    {
        SampleFrame sample = SampleFrame.Named(name);
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(sample.Bytes, sample.LinkType, ref decoded));
        AssertSegment(sample, decoded, sample.Bytes);
        Assert.Equal((sample.OuterVlan, sample.InnerVlan), (decoded.OuterVlan, decoded.InnerVlan));
        Assert.Equal((sample.Carrier, sample.CarrierId), (decoded.Carrier, decoded.CarrierId));
        Assert.Equal(0, decoded.PayloadMissing);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_walk_and_the_straight_line_agree(string name)
    {
        SampleFrame sample = SampleFrame.Named(name);
        DecodedFrame fast = Dirty(), slow = Dirty();
        DecodeStatus expected = FrameDecoder.DecodeByWalk(sample.Bytes, sample.LinkType, ref slow);
        Assert.Equal(expected, FrameDecoder.Decode(sample.Bytes, sample.LinkType, ref fast));
        AssertEqual(slow, fast);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Trailing_bytes_are_never_payload(string name)
    {
        SampleFrame sample = SampleFrame.Named(name);
        byte[] padded = [.. sample.Bytes, .. Enumerable.Repeat((byte)0xEE, 40)];
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(padded, sample.LinkType, ref decoded));
        Assert.Equal(SampleFrame.Payload.Length, decoded.PayloadLength);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_prefix_yields_a_reason_or_tells_what_is_missing(string name)
    {
        SampleFrame sample = SampleFrame.Named(name);
        DecodedFrame whole = Dirty();
        FrameDecoder.Decode(sample.Bytes, sample.LinkType, ref whole);
        for (int length = 0; length < sample.Bytes.Length; length++)
        {
            byte[] cut = sample.Bytes[..length];
            DecodedFrame decoded = Dirty();
            DecodeStatus status = FrameDecoder.Decode(cut, sample.LinkType, ref decoded);
            Assert.True(Enum.IsDefined(status));
            if (status != DecodeStatus.Tcp)
            {
                Assert.True(IsReasonForCut(status), $"{length} bytes: {status}");
                continue;
            }

            Assert.Equal(whole.Key, decoded.Key);
            Assert.Equal(SampleFrame.Payload.Length, decoded.PayloadLength + decoded.PayloadMissing);
            Assert.Equal(length, decoded.PayloadOffset + decoded.PayloadLength + TrailerCaptured(sample, length));
        }
    }

    [Fact]
    public void Every_prefix_of_the_plain_frame_has_the_reason_of_its_layer()
    {
        byte[] frame = SampleFrame.Named("vlan").Bytes;
        for (int length = 0; length < frame.Length; length++)
        {
            DecodeStatus expected = length switch
            {
                < 14 => DecodeStatus.TruncatedEthernet,
                < 18 => DecodeStatus.TruncatedTag,
                < 38 => DecodeStatus.TruncatedIpv4,
                < 58 => DecodeStatus.TruncatedTcp,
                _ => DecodeStatus.Tcp,
            };
            Assert.Equal(expected, Decode(frame[..length]));
        }
    }

    [Fact]
    public void Ten_thousand_mutations_neither_throw_nor_point_outside()
    {
        Random random = new(20261123);
        IReadOnlyList<SampleFrame> samples = SampleFrame.All;
        for (int round = 0; round < 10_000; round++)
        {
            SampleFrame sample = samples[round % samples.Count];
            byte[] bytes = Mutate(sample.Bytes, random);
            DecodedFrame fast = Dirty(), slow = Dirty();
            DecodeStatus status = FrameDecoder.Decode(bytes, sample.LinkType, ref fast);
            Assert.Equal(FrameDecoder.DecodeByWalk(bytes, sample.LinkType, ref slow), status);
            AssertInside(status, fast, bytes.Length);
            if (status == DecodeStatus.Tcp)
            {
                AssertEqual(slow, fast);
            }
        }
    }

    [Fact]
    public void Random_bytes_of_every_link_type_and_protocol_never_throw()
    {
        Random random = new(7);
        byte[] bytes = new byte[160];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            int length = random.Next(bytes.Length);
            DecodedFrame decoded = Dirty();
            AssertInside(FrameDecoder.Decode(bytes.AsSpan(0, length), (LinkType)(round % 300), ref decoded), decoded, length);
            FragmentHeader header = new() { IpVersion = round % 2 == 0 ? (byte)4 : (byte)6, Protocol = (byte)round };
            AssertInside(FrameDecoder.DecodeDatagram(bytes.AsSpan(0, length), header, ref decoded), decoded, length);
        }
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        IReadOnlyList<SampleFrame> samples = SampleFrame.All;
        DecodedFrame decoded = default;
        DecodeAll(samples, ref decoded);
        Assert.Equal(0, Allocations.Of(() => DecodeAll(samples, ref decoded)));
    }

    [Fact]
    public void Both_directions_have_one_key_and_tell_the_sender()
    {
        DecodedFrame request = default, answer = default;
        byte[] forth = FrameBuilder.TcpSegment("10.0.0.9", 5, "10.0.0.1", 443, 1, 2, TcpFlags.Syn, []);
        byte[] back = FrameBuilder.TcpSegment("10.0.0.1", 443, "10.0.0.9", 5, 1, 2, TcpFlags.Ack, []);
        FrameDecoder.Decode(forth, LinkType.Ethernet, ref request);
        FrameDecoder.Decode(back, LinkType.Ethernet, ref answer);
        Assert.Equal(request.Key, answer.Key);
        Assert.False(request.SourceIsLow);
        Assert.True(answer.SourceIsLow);
    }

    [Fact]
    public void N01_frames_shorter_than_ethernet()
    {
        for (int length = 0; length < 14; length++)
        {
            Assert.Equal(DecodeStatus.TruncatedEthernet, Decode(new byte[length]));
        }
    }

    [Fact]
    public void N02_snapshot_length_inside_the_record_tells_the_missing_bytes()
    {
        byte[] frame = FrameBuilder.TcpSegment("10.0.0.1", 1, "10.0.0.2", 443, 9, 9, TcpFlags.Ack, new byte[1000]);
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame.AsSpan(0, 96), LinkType.Ethernet, ref decoded));
        Assert.Equal((54, 42, 958), (decoded.PayloadOffset, decoded.PayloadLength, decoded.PayloadMissing));
    }

    [Fact]
    public void N02_snapshot_length_inside_tcp_options_still_counts_the_payload()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv4().Tcp(options: new byte[12]).Payload(new byte[100]).Build();
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame.AsSpan(0, 60), LinkType.Ethernet, ref decoded));
        Assert.Equal((0, 100), (decoded.PayloadLength, decoded.PayloadMissing));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void N03_vlan_stacks(int depth)
    {
        FrameBuilder builder = new FrameBuilder().Ethernet();
        for (int tag = 1; tag <= depth; tag++)
        {
            builder.Vlan((ushort)tag, tag == 1 ? 0x88A8 : 0x8100);
        }

        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(builder.Ipv4().Tcp().Build(), LinkType.Ethernet, ref decoded));
        Assert.Equal(depth > 0 ? (ushort)1 : DecodedFrame.NoVlan, decoded.OuterVlan);
        Assert.Equal(depth > 1 ? (ushort)2 : DecodedFrame.NoVlan, decoded.InnerVlan);
    }

    [Fact]
    public void N03_vlan_stack_beyond_the_bound_is_too_deep()
    {
        FrameBuilder builder = new FrameBuilder().Ethernet();
        for (int tag = 0; tag < FrameDecoder.MaximumHeaders; tag++)
        {
            builder.Vlan(1);
        }

        Assert.Equal(DecodeStatus.TooDeep, Decode(builder.Ipv4().Tcp().Build()));
    }

    [Theory]
    [InlineData(0x44)]
    [InlineData(0x40)]
    [InlineData(0x55)]
    public void N04_ipv4_version_or_header_length_wrong(byte first) =>
        Assert.Equal(DecodeStatus.MalformedIpv4, Decode(Patched(14, first)));

    [Fact]
    public void N04_ipv4_header_length_past_the_end()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv4().Payload(new byte[10]).Build();
        frame[14] = 0x4F;
        Assert.Equal(DecodeStatus.MalformedIpv4, Decode(frame));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), 0);
        Assert.Equal(DecodeStatus.TruncatedIpv4, Decode(frame));
    }

    [Fact]
    public void N04_ipv4_total_length_below_header() => Assert.Equal(DecodeStatus.MalformedIpv4, Decode(Patched(16, 0, 19)));

    [Fact]
    public void N04_ipv4_total_length_beyond_frame()
    {
        byte[] frame = Patched(16, 0x05, 0xDC);
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded));
        Assert.Equal(SampleFrame.Payload.Length, decoded.PayloadLength);
        Assert.Equal(1500 - 40 - SampleFrame.Payload.Length, decoded.PayloadMissing);
    }

    [Fact]
    public void N04_ipv4_total_length_zero_is_the_rest_of_the_frame()
    {
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(Patched(16, 0, 0), LinkType.Ethernet, ref decoded));
        Assert.Equal((SampleFrame.Payload.Length, 0), (decoded.PayloadLength, decoded.PayloadMissing));
    }

    [Fact]
    public void N04_ethernet_padding_is_not_payload()
    {
        byte[] frame = FrameBuilder.TcpSegment("10.0.0.1", 1, "10.0.0.2", 443, 9, 9, TcpFlags.Ack, []);
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode([.. frame, 1, 2, 3, 4, 5, 6], LinkType.Ethernet, ref decoded));
        Assert.Equal(0, decoded.PayloadLength);
    }

    [Fact]
    public void N05_wrong_checksums_are_read_as_they_are()
    {
        byte[] frame = SampleFrame.Named("ethernet").Bytes.ToArray();
        frame[24] ^= 0xFF;
        frame[50] ^= 0xFF;
        Assert.Equal(DecodeStatus.Tcp, Decode(frame));
        (frame[50], frame[51]) = (0, 0);
        Assert.Equal(DecodeStatus.Tcp, Decode(frame));
    }

    [Fact]
    public void N06_a_thousand_ipv6_extension_headers_are_too_deep()
    {
        FrameBuilder builder = new FrameBuilder().Ethernet().Ipv6();
        for (int header = 0; header < 1000; header++)
        {
            builder.Ipv6Extension(60);
        }

        Assert.Equal(DecodeStatus.TooDeep, Decode(builder.Tcp().Build()));
    }

    [Fact]
    public void N06_hop_by_hop_that_names_itself_ends()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv6().Header([], ipProtocol: 0).Payload(new byte[1000]).Build();
        Assert.Equal(DecodeStatus.TooDeep, Decode(frame));
        Assert.Equal(DecodeStatus.TruncatedIpv6, Decode(frame[..(14 + 40 + 100)]));
    }

    [Fact]
    public void N06_extension_header_past_the_payload_is_malformed()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv6().Ipv6Extension(60).Tcp().Build();
        frame[14 + 40 + 1] = 200;
        Assert.Equal(DecodeStatus.MalformedIpv6, Decode(frame));
    }

    [Fact]
    public void N06_no_next_header() =>
        Assert.Equal(
            DecodeStatus.NoNextHeader, Decode(new FrameBuilder().Ethernet().Ipv6().Header([], ipProtocol: 59).Payload([1, 2]).Build()));

    [Fact]
    public void N06_jumbogram_and_offload_take_the_rest_of_the_frame()
    {
        byte[] frame = new FrameBuilder().Ethernet().Ipv6().Ipv6Extension(0).Tcp().Payload(new byte[100]).Build();
        (frame[18], frame[19]) = (0, 0);
        DecodedFrame decoded = Dirty();
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded));
        Assert.Equal(100, decoded.PayloadLength);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.2")]
    [InlineData("2001:db8::1", "2001:db8::2")]
    public void N07_fragments_are_told_and_go_on_after_reassembly(string source, string destination)
    {
        byte[] payload = [.. Enumerable.Range(0, 500).Select(value => (byte)value)];
        FrameBuilder builder = new FrameBuilder().Ethernet().Vlan(33).Ip(source, destination).Tcp(5000, 443).Payload(payload);
        FragmentReassembler reassembler = new(new FragmentOptions());
        DecodedFrame decoded = Dirty();
        byte[] datagram = [];
        FragmentHeader header = default;
        foreach (byte[] fragment in builder.BuildFragments(104, identification: 0xBEEF))
        {
            Assert.Equal(DecodeStatus.Fragment, FrameDecoder.Decode(fragment, LinkType.Ethernet, ref decoded));
            header = decoded.Fragment;
            Assert.Equal((0xBEEFu, (byte)6), (header.Identification, header.Protocol));
            ReadOnlySpan<byte> data = fragment.AsSpan(header.DataOffset, header.DataLength);
            if (reassembler.Add(header, data, 0, out ReadOnlySpan<byte> complete) == FragmentOutcome.Completed)
            {
                datagram = complete.ToArray();
            }
        }

        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.DecodeDatagram(datagram, header, ref decoded));
        Assert.Equal(payload, datagram[decoded.PayloadOffset..(decoded.PayloadOffset + decoded.PayloadLength)]);
        DecodedFrame whole = default;
        FrameDecoder.Decode(builder.Build(), LinkType.Ethernet, ref whole);
        Assert.Equal(whole.Key, decoded.Key);
        Assert.Equal(33, decoded.OuterVlan);
    }

    [Fact]
    public void N07_a_tunnel_may_be_cut_outside_and_inside()
    {
        byte[] inner = new FrameBuilder().Ethernet().Ipv4("10.0.0.1", "10.0.0.2").Tcp(1, 2).Payload(new byte[200]).BuildFragments(104)[0];
        IReadOnlyList<byte[]> outer = new FrameBuilder().Ethernet().Vlan(9).Ipv4().Vxlan(5).Payload(inner).BuildFragments(64);
        FragmentReassembler reassembler = new(new FragmentOptions());
        DecodedFrame decoded = Dirty();
        DecodeStatus status = DecodeStatus.TooDeep;
        foreach (byte[] fragment in outer)
        {
            Assert.Equal(DecodeStatus.Fragment, FrameDecoder.Decode(fragment, LinkType.Ethernet, ref decoded));
            FragmentHeader header = decoded.Fragment;
            if (reassembler.Add(header, fragment.AsSpan(header.DataOffset, header.DataLength), 0, out ReadOnlySpan<byte> datagram)
                == FragmentOutcome.Completed)
            {
                status = FrameDecoder.DecodeDatagram(datagram, header, ref decoded);
            }
        }

        Assert.Equal(DecodeStatus.Fragment, status);
        Assert.Equal((CarrierKind.Vxlan, 5u, (ushort)9), (decoded.Carrier, decoded.CarrierId, decoded.OuterVlan));
        Assert.Equal((0, 104, true), (decoded.Fragment.FragmentOffset, decoded.Fragment.DataLength, decoded.Fragment.MoreFragments));
    }

    [Fact]
    public void N07_fragments_with_missing_or_odd_bytes_are_not_reassembled()
    {
        byte[] fragment = new FrameBuilder().Ethernet().Ipv4().Tcp().Payload(new byte[100]).BuildFragments(64)[0];
        Assert.Equal(DecodeStatus.TruncatedFragment, Decode(fragment[..^8]));
        byte[] odd = new FrameBuilder().Ethernet().Ipv4().Tcp().Payload(new byte[100]).BuildFragments(63)[0];
        Assert.Equal(DecodeStatus.MalformedFragment, Decode(odd));
        BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(16), 20);
        Assert.Equal(DecodeStatus.MalformedFragment, Decode(fragment));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x40)]
    [InlineData(0x90)]
    [InlineData(0xF0)]
    public void N08_tcp_data_offset_below_five_or_past_the_end(byte dataOffset) =>
        Assert.Equal(DecodeStatus.MalformedTcp, Decode(Patched(14 + 20 + 12, dataOffset)));

    [Fact]
    public void N08_tcp_options_of_any_content_are_skipped()
    {
        byte[][] all = [[2, 0, 0, 0], [2, 1, 0, 0], [8, 40, 0, 0], [3, 3, 15, 0], [.. Enumerable.Repeat((byte)1, 40)]];
        foreach (byte[] options in all)
        {
            byte[] frame = new FrameBuilder().Ethernet().Ipv4().Tcp(options: options).Payload([1, 2, 3]).Build();
            DecodedFrame decoded = Dirty();
            Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded));
            Assert.Equal(3, decoded.PayloadLength);
        }
    }

    [Theory]
    [InlineData(TcpFlags.None)]
    [InlineData(TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg)]
    [InlineData(TcpFlags.Syn | TcpFlags.Fin)]
    [InlineData(TcpFlags.Syn | TcpFlags.Rst)]
    [InlineData((TcpFlags)0xFF)]
    public void N09_any_flags_are_handed_on(TcpFlags flags)
    {
        DecodedFrame decoded = Dirty();
        byte[] frame = FrameBuilder.TcpSegment("10.0.0.1", 1, "10.0.0.2", 2, 3, 4, flags, [1, 2]);
        Assert.Equal(DecodeStatus.Tcp, FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded));
        Assert.Equal((flags, 2), (decoded.Flags, decoded.PayloadLength));
    }

    private static void AssertSegment(SampleFrame sample, in DecodedFrame decoded, byte[] bytes)
    {
        Assert.Equal(sample.IpVersion, decoded.Key.IpVersion);
        Assert.Equal(6, decoded.Key.Protocol);
        Assert.Equal(Address(sample.IpVersion == 4 ? SampleFrame.Source4 : SampleFrame.Source6), decoded.Key.LowAddress);
        Assert.Equal(Address(sample.IpVersion == 4 ? SampleFrame.Destination4 : SampleFrame.Destination6), decoded.Key.HighAddress);
        Assert.Equal((SampleFrame.SourcePort, SampleFrame.DestinationPort), (decoded.Key.LowPort, decoded.Key.HighPort));
        Assert.True(decoded.SourceIsLow);
        Assert.Equal((SampleFrame.Sequence, SampleFrame.Acknowledgment), (decoded.SequenceNumber, decoded.AcknowledgmentNumber));
        Assert.Equal((SampleFrame.Flags, (ushort)777), (decoded.Flags, decoded.Window));
        Assert.Equal(SampleFrame.Payload, bytes[decoded.PayloadOffset..(decoded.PayloadOffset + decoded.PayloadLength)]);
    }

    private static IpAddress Address(string text) =>
        BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Parse(text).MapToIPv6().GetAddressBytes());

    private static void AssertEqual(in DecodedFrame expected, in DecodedFrame actual)
    {
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(
            (expected.SourceIsLow, expected.Flags, expected.SequenceNumber, expected.AcknowledgmentNumber, expected.Window),
            (actual.SourceIsLow, actual.Flags, actual.SequenceNumber, actual.AcknowledgmentNumber, actual.Window));
        Assert.Equal(
            (expected.PayloadOffset, expected.PayloadLength, expected.PayloadMissing),
            (actual.PayloadOffset, actual.PayloadLength, actual.PayloadMissing));
        Assert.Equal(
            (expected.OuterVlan, expected.InnerVlan, expected.Carrier, expected.CarrierId),
            (actual.OuterVlan, actual.InnerVlan, actual.Carrier, actual.CarrierId));
    }

    private static void AssertInside(DecodeStatus status, in DecodedFrame decoded, int length)
    {
        Assert.True(Enum.IsDefined(status));
        if (status == DecodeStatus.Tcp)
        {
            Assert.InRange(decoded.PayloadOffset, 0, length);
            Assert.InRange(decoded.PayloadLength, 0, length - decoded.PayloadOffset);
            Assert.True(decoded.PayloadMissing >= 0);
        }
        else if (status == DecodeStatus.Fragment)
        {
            Assert.InRange(decoded.Fragment.DataOffset, 0, length);
            Assert.InRange(decoded.Fragment.DataLength, 1, length - decoded.Fragment.DataOffset);
            Assert.True(decoded.Fragment.FragmentOffset >= 0);
        }
    }

    /// <summary>Too little is left: of a header, or to recognise a tunnel by its structure.</summary>
    private static bool IsReasonForCut(DecodeStatus status) =>
        DecodeStatusNames.Name(status).StartsWith("truncated_", StringComparison.Ordinal)
        || status is DecodeStatus.MplsOther or DecodeStatus.MalformedTunnel or DecodeStatus.UdpOther or DecodeStatus.MalformedIpv6
            or DecodeStatus.TunnelControl;

    /// <summary>Bytes of a link layer's trailer: the frame check sequence at the very end.</summary>
    private static int TrailerCaptured(SampleFrame sample, int length) =>
        Math.Max(0, length - (sample.Bytes.Length - (sample.Name is "radiotap_check_sequence" or "ppi_wlan" ? 4 : 0)))
        + (sample.Name is "radiotap_check_sequence" or "ppi_wlan" ? Math.Min(4, sample.Bytes.Length - length) : 0);

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        byte[] mutated = bytes.ToArray();
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? mutated[..random.Next(mutated.Length)] : mutated;
    }

    private static void DecodeAll(IReadOnlyList<SampleFrame> samples, ref DecodedFrame decoded)
    {
        for (int index = 0; index < samples.Count; index++)
        {
            FrameDecoder.Decode(samples[index].Bytes, samples[index].LinkType, ref decoded);
        }
    }

    private static DecodeStatus Decode(byte[] frame)
    {
        DecodedFrame decoded = Dirty();
        return FrameDecoder.Decode(frame, LinkType.Ethernet, ref decoded);
    }

    private static byte[] Patched(int at, params byte[] bytes)
    {
        byte[] frame = SampleFrame.Named("ethernet").Bytes.ToArray();
        bytes.CopyTo(frame, at);
        return frame;
    }

    /// <summary>As the last frame may have left it.</summary>
    private static DecodedFrame Dirty() => new()
    {
        PayloadOffset = -1,
        PayloadLength = -1,
        PayloadMissing = -1,
        OuterVlan = 1234,
        InnerVlan = 1234,
        Carrier = CarrierKind.Ayiya,
        CarrierId = 1234,
    };
}
