using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Files;

public sealed class PcapngFormatTests
{
    private const int SectionLength = 28;

    private static PcapngWriter Section() => new PcapngWriter().WriteSection();

    private static PcapngWriter Ethernet() => Section().WriteInterface();

    [Fact]
    public void F65_takes_a_file_without_frames_as_whole()
    {
        Assert.Empty(CaptureReading.OfBytes(Section().ToArray()).Faults);
        Assert.Empty(CaptureReading.OfBytes(Ethernet().ToArray()).Faults);
    }

    [Fact]
    public void F66_tells_a_cut_in_the_section_header()
    {
        byte[] file = Section().ToArray();
        for (int length = 4; length < file.Length; length++)
        {
            CaptureFault fault = CaptureReading.OfBytes(file[..length]).Fault;
            Assert.Equal(0, fault.Offset);
            Assert.StartsWith("the file ends inside a block", fault.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void F69_reads_both_byte_orders(bool bigEndian)
    {
        RecordedFrame[] frames = SampleFrames.Of(5);

        CaptureReading reading = CaptureReading.OfBytes(PcapngWriter.Build(frames, bigEndian));

        Assert.Empty(reading.Faults);
        Assert.Equal(frames, reading.Frames);
    }

    [Fact]
    public void F71_reads_sections_of_different_byte_order_with_interfaces_of_their_own()
    {
        byte[] file = new PcapngWriter()
            .WriteSection(bigEndian: true).WriteInterface(LinkType.Raw).WriteInterface(LinkType.Ethernet)
            .WriteEnhanced(new RecordedFrame([1], 1_000, Interface: 1))
            .WriteSection(bigEndian: false).WriteInterface(LinkType.LinuxSll)
            .WriteEnhanced(new RecordedFrame([2], 2_000))
            .ToArray();

        CaptureReading reading = CaptureReading.OfBytes(file);

        Assert.Empty(reading.Faults);
        Assert.Equal([new([1], 1_000, Interface: 1, LinkType: LinkType.Ethernet), new([2], 2_000, Interface: 2, LinkType: LinkType.LinuxSll)], reading.Frames);
    }

    [Fact]
    public void F71_reads_interfaces_of_two_link_types_and_clocks()
    {
        RecordedFrame[] frames =
        [
            new([1], SampleFrames.Start + 1_000, Interface: 0, LinkType: LinkType.Ethernet),
            new([2], SampleFrames.Start + 1_001, Interface: 1, LinkType: LinkType.LinuxSll2),
            new([3], SampleFrames.Start + 500_000_000, Interface: 2, LinkType: LinkType.Raw),
            new([4], SampleFrames.Start + 3, Interface: 3, LinkType: LinkType.Raw),
        ];
        PcapngWriter writer = Section()
            .WriteInterface(LinkType.Ethernet)
            .WriteInterface(LinkType.LinuxSll2, resolution: PcapngWriter.Nanoseconds)
            .WriteInterface(LinkType.Raw, resolution: 0x80 | 10)
            .WriteInterface(LinkType.Raw, resolution: PcapngWriter.Nanoseconds, offsetSeconds: 1_600_000_000);

        Assert.Equal(frames, CaptureReading.OfBytes(frames.Aggregate(writer, (to, frame) => to.WriteEnhanced(frame)).ToArray()).Frames);
    }

    [Fact]
    public void F71_gives_simple_packets_the_time_of_the_frame_before()
    {
        byte[] file = Section().WriteInterface(snapLength: 6)
            .WriteSimple([1, 2], wireLength: 2)
            .WriteEnhanced(SampleFrames.At(SampleFrames.Start))
            .WriteSimple(SampleFrames.Bytes(6), wireLength: 1_500)
            .ToArray();

        CaptureReading reading = CaptureReading.OfBytes(file);

        Assert.Empty(reading.Faults);
        Assert.Equal([0, SampleFrames.Start, SampleFrames.Start], reading.Frames.Select(frame => frame.Timestamp));
        Assert.Equal([2, 14, 6], reading.Frames.Select(frame => frame.Bytes.Length)); // the padding to 8 is not the frame's
        Assert.Equal([2, 14, 1_500], reading.Frames.Select(frame => frame.WireLength));
    }

    [Fact]
    public void Reads_obsolete_packet_blocks()
    {
        RecordedFrame[] frames = [SampleFrames.At(SampleFrames.Start), new([7, 8, 9], SampleFrames.Start + 5_000, WireLength: 60, Interface: 1)];
        byte[] file = Ethernet().WriteInterface().WriteObsolete(frames[0]).WriteObsolete(frames[1]).ToArray();

        Assert.Equal(frames, CaptureReading.OfBytes(file).Frames);
    }

    [Theory]
    [InlineData(PcapngWriter.NameResolutionBlock)]
    [InlineData(PcapngWriter.InterfaceStatisticsBlock)]
    [InlineData(PcapngWriter.DecryptionSecretsBlock)]
    [InlineData(PcapngWriter.CustomBlock)]
    [InlineData(0x8000_0001u)]
    public void F71_passes_over_blocks_that_hold_no_frame(uint type)
    {
        RecordedFrame[] frames = SampleFrames.Of(2);
        byte[] file = Ethernet()
            .WriteBlock(type, []).WriteEnhanced(frames[0])
            .WriteBlock(type, new byte[100_000]).WriteEnhanced(frames[1])
            .WriteBlock(type, [1, 2, 3])
            .ToArray();

        CaptureReading reading = CaptureReading.OfBytes(file, blockSize: 1_024);

        Assert.Empty(reading.Faults);
        Assert.Equal(frames, reading.Frames);
    }

    [Fact]
    public void Tells_a_cut_and_a_wrong_trailer_in_a_block_that_it_passes_over()
    {
        PcapngWriter writer = Ethernet().WriteEnhanced(SampleFrames.At(SampleFrames.Start));
        int start = writer.Length;
        byte[] file = writer.WriteBlock(PcapngWriter.CustomBlock, 5_012, new byte[5_000], trailer: 5_016).ToArray();

        Assert.Equal(new CaptureFault("memory", start, "block length 5012 is repeated as 5016 at its end"), CaptureReading.OfBytes(file, 512).Fault);
        Assert.Equal(new CaptureFault("memory", start, "the file ends inside a block"), CaptureReading.OfBytes(file[..^1], 512).Fault);
        Assert.Equal(new CaptureFault("memory", start, "the file ends inside a block"), CaptureReading.OfBytes(file[..^4_000], 512).Fault);
    }

    [Fact]
    public void F71_reads_on_after_options_that_run_past_their_block()
    {
        PcapngWriter writer = Section();
        byte[] tooLong = [9, 0, 0xff, 0xff, 9];
        byte[] file = writer.WriteInterface(options: tooLong).WriteEnhanced(SampleFrames.At(SampleFrames.Start), options: tooLong).ToArray();

        CaptureReading reading = CaptureReading.OfBytes(file);

        Assert.Empty(reading.Faults);
        Assert.Equal(SampleFrames.Start, Assert.Single(reading.Frames).Timestamp);
    }

    [Fact]
    public void Skips_options_that_it_does_not_know_and_those_of_wrong_length()
    {
        PcapngWriter writer = Section();
        byte[] options = [.. writer.Option(2, "eth0"u8), .. writer.Option(9, [9, 9]), .. writer.Option(14, [1]), .. writer.Option(0x7fff, new byte[33])];
        byte[] file = writer.WriteInterface(resolution: PcapngWriter.Nanoseconds, options: options)
            .WriteEnhanced(SampleFrames.At(SampleFrames.Start + 1), options: writer.Option(1, "a comment"u8)).ToArray();

        Assert.Equal(SampleFrames.Start + 1, Assert.Single(CaptureReading.OfBytes(file).Frames).Timestamp);
    }

    [Theory]
    [InlineData(0u, "block length 0 is too small for a block of type 0x6")]
    [InlineData(28u, "block length 28 is too small for a block of type 0x6")]
    [InlineData(46u, "block length 46 is not a multiple of 4")]
    [InlineData(16_777_220u, "block length 16777220 is over 16777216")]
    [InlineData(uint.MaxValue, "block length 4294967295 is not a multiple of 4")]
    public void F71_tells_a_wrong_block_length(uint length, string reason)
    {
        PcapngWriter writer = Ethernet().WriteEnhanced(SampleFrames.At(SampleFrames.Start));
        int start = writer.Length;
        writer.WriteBlock(PcapngWriter.EnhancedPacketBlock, length, new byte[200], trailer: length);

        CaptureReading reading = CaptureReading.OfBytes(writer.ToArray());

        Assert.Single(reading.Frames);
        Assert.Equal(new CaptureFault("memory", start, reason), reading.Fault);
    }

    [Theory]
    [InlineData(PcapngWriter.EnhancedPacketBlock)]
    [InlineData(PcapngWriter.InterfaceStatisticsBlock)]
    public void F71_tells_a_trailer_that_differs(uint type)
    {
        PcapngWriter writer = Ethernet();
        int start = writer.Length;
        writer.WriteBlock(type, 112, new byte[100], trailer: 108);

        Assert.Equal(new CaptureFault("memory", start, "block length 112 is repeated as 108 at its end"), CaptureReading.OfBytes(writer.ToArray()).Fault);
    }

    [Fact]
    public void F71_tells_frames_of_interfaces_that_nobody_described()
    {
        byte[] none = Section().WriteSimple([1], 1).ToArray();
        byte[] second = Ethernet().WriteEnhanced(1, 0, 1, 1, [1]).ToArray();
        byte[] forgotten = Ethernet().WriteSection().WriteEnhanced(0, 0, 1, 1, [1]).ToArray();

        Assert.Equal(new CaptureFault("memory", SectionLength, "frame of interface 0, of which there is no description"), CaptureReading.OfBytes(none).Fault);
        Assert.Equal("frame of interface 1, of which there is no description", CaptureReading.OfBytes(second).Fault.Reason);
        Assert.Equal("frame of interface 0, of which there is no description", CaptureReading.OfBytes(forgotten).Fault.Reason);
    }

    [Fact]
    public void F71_reads_ten_thousand_interfaces()
    {
        PcapngWriter writer = Section();
        for (int i = 0; i < 10_000; i++)
        {
            writer.WriteInterface(i == 9_999 ? LinkType.Raw : LinkType.Ethernet);
        }

        RecordedFrame frame = new([1], SampleFrames.Start, Interface: 9_999, LinkType: LinkType.Raw);

        Assert.Equal(frame, Assert.Single(CaptureReading.OfBytes(writer.WriteEnhanced(frame).ToArray()).Frames));
    }

    [Fact]
    public void F71_bounds_the_interfaces_of_a_file()
    {
        byte[] section = Section().ToArray();
        byte[] description = Ethernet().ToArray()[section.Length..];
        using MemoryStream file = new();
        file.Write(section);
        for (int i = 0; i <= 65_536; i++)
        {
            file.Write(description);
        }

        CaptureFault fault = CaptureReading.OfBytes(file.ToArray()).Fault;

        Assert.Equal("more than 65536 interfaces", fault.Reason);
        Assert.Equal(section.Length + (65_536L * description.Length), fault.Offset);
    }

    [Theory]
    [InlineData(101u, "captured length 101 is over the 100 bytes of its block")]
    [InlineData(262_145u, "captured length 262145 is over 262144")]
    [InlineData(uint.MaxValue, "captured length 4294967295 is over 262144")]
    public void F68_tells_a_captured_length_beyond_its_block(uint capturedLength, string reason)
    {
        byte[] file = Ethernet().WriteEnhanced(0, 0, capturedLength, capturedLength, new byte[100]).ToArray();

        Assert.Equal(reason, CaptureReading.OfBytes(file).Fault.Reason);
    }

    [Fact]
    public void Tells_sections_of_unknown_version_or_byte_order()
    {
        byte[] unordered = Section().ToArray();
        unordered[8] = 0;

        Assert.Equal("section of unknown version 2", CaptureReading.OfBytes(new PcapngWriter().WriteSection(major: 2).ToArray()).Fault.Reason);
        Assert.Equal("section header has no byte order (0x1a2b3c00)", CaptureReading.OfBytes(unordered).Fault.Reason);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1 << 20)]
    public void Reads_the_largest_frame_whatever_the_block(int blockSize)
    {
        RecordedFrame[] frames = [SampleFrames.At(0), new(SampleFrames.Bytes(262_144), 1_000), SampleFrames.At(2_000)];

        Assert.Equal(frames, CaptureReading.OfBytes(PcapngWriter.Build(frames), blockSize).Frames);
    }
}
