using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Files;

public sealed class PcapFormatTests
{
    private const int FileHeader = 24;
    private const int RecordHeader = 16;

    [Theory]
    [InlineData(PcapWriter.MicrosecondMagic, false)]
    [InlineData(PcapWriter.MicrosecondMagic, true)]
    [InlineData(PcapWriter.KuznetzovMagic, false)]
    [InlineData(PcapWriter.KuznetzovMagic, true)]
    public void F69_reads_both_byte_orders(uint magic, bool bigEndian)
    {
        RecordedFrame[] frames = [new([1, 2, 3], 1_700_000_000_123_456_000, WireLength: 1_500), new([], 1_700_000_000_123_457_000, WireLength: 9), new([4], 0)];

        CaptureReading reading = CaptureReading.OfBytes(PcapWriter.Build(frames, magic: magic, bigEndian: bigEndian));

        Assert.Empty(reading.Faults);
        Assert.Equal(frames, reading.Frames);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void F70_reads_nanoseconds(bool bigEndian)
    {
        RecordedFrame[] frames = [SampleFrames.At(1_700_000_000_123_456_789), SampleFrames.At(1_700_000_000_999_999_999)];

        CaptureReading reading = CaptureReading.OfBytes(PcapWriter.Build(frames, magic: PcapWriter.NanosecondMagic, bigEndian: bigEndian));

        Assert.Equal(frames, reading.Frames);
    }

    [Fact]
    public void F64_tells_an_empty_file()
    {
        Assert.Equal(new CaptureFault("memory", 0, "the file is empty"), CaptureReading.OfBytes([]).Fault);
    }

    [Fact]
    public void F65_takes_a_file_of_a_header_only_as_whole()
    {
        CaptureReading reading = CaptureReading.OfBytes(new PcapWriter().ToArray());

        Assert.Empty(reading.Frames);
        Assert.Empty(reading.Faults);
    }

    [Fact]
    public void F66_tells_a_cut_in_the_file_header()
    {
        byte[] file = new PcapWriter().ToArray();
        for (int length = 4; length < FileHeader; length++)
        {
            Assert.Equal(new CaptureFault("memory", 0, "the file ends inside its header"), CaptureReading.OfBytes(file[..length]).Fault);
        }
    }

    [Fact]
    public void F67_tells_where_the_record_begins_that_was_cut()
    {
        RecordedFrame[] frames = SampleFrames.Of(2, length: 60);
        byte[] file = PcapWriter.Build(frames);
        int second = FileHeader + RecordHeader + 60;

        CaptureReading inHeader = CaptureReading.OfBytes(file[..(second + 9)]);
        CaptureReading inFrame = CaptureReading.OfBytes(file[..(second + RecordHeader + 40)]);

        Assert.Equal(frames[..1], inHeader.Frames);
        Assert.Equal(new CaptureFault("memory", second, "the file ends inside a record header"), inHeader.Fault);
        Assert.Equal(frames[..1], inFrame.Frames);
        Assert.Equal(new CaptureFault("memory", second, "the file ends inside a frame (40 of 61 bytes are there)"), inFrame.Fault);
    }

    [Theory]
    [InlineData(262_145u)]
    [InlineData(1u << 31)]
    [InlineData(uint.MaxValue)]
    public void F68_tells_an_absurd_captured_length(uint capturedLength)
    {
        PcapWriter writer = new PcapWriter().Write(SampleFrames.At(SampleFrames.Start));
        int damaged = writer.Length;
        writer.WriteRecord(1, 0, capturedLength, capturedLength, new byte[100]);

        CaptureReading reading = CaptureReading.OfBytes(writer.ToArray());

        Assert.Single(reading.Frames);
        Assert.Equal(new CaptureFault("memory", damaged, $"captured length {capturedLength} is over 262144"), reading.Fault);
    }

    [Fact]
    public void F68_reads_frames_of_no_bytes_and_of_more_than_the_snapshot_length()
    {
        byte[] file = new PcapWriter(snapLength: 4)
            .WriteRecord(1, 0, 0, 0, [])
            .WriteRecord(1, 0, 0, 1_500, [])
            .WriteRecord(1, 0, 8, 8, SampleFrames.Bytes(8))
            .ToArray();

        CaptureReading reading = CaptureReading.OfBytes(file);

        Assert.Empty(reading.Faults);
        Assert.Equal([0, 0, 8], reading.Frames.Select(frame => frame.Bytes.Length));
        Assert.Equal([0, 1_500, 8], reading.Frames.Select(frame => frame.WireLength));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    public void Ignores_the_snapshot_length(uint snapLength)
    {
        byte[] file = new PcapWriter(snapLength: snapLength).Write(SampleFrames.At(SampleFrames.Start)).ToArray();

        Assert.Single(CaptureReading.OfBytes(file).Frames);
    }

    [Theory]
    [InlineData(0x0000_0001u, LinkType.Ethernet)]
    [InlineData(0x2400_0001u, LinkType.Ethernet)] // a check sequence of 4 bytes is told
    [InlineData(0xf000_0114u, LinkType.LinuxSll2)]
    [InlineData(0x0000_fffeu, (LinkType)0xfffe)] // unknown is not damaged
    public void Takes_the_link_type_from_the_lower_half_of_its_field(uint field, LinkType linkType)
    {
        byte[] file = new PcapWriter(field).Write(SampleFrames.At(SampleFrames.Start)).ToArray();

        Assert.Equal(linkType, Assert.Single(CaptureReading.OfBytes(file).Frames).LinkType);
    }

    [Fact]
    public void N18_passes_absurd_times_through()
    {
        byte[] file = new PcapWriter()
            .WriteRecord(0xffff_fff0, 0, 1, 1, [1])
            .WriteRecord(uint.MaxValue, uint.MaxValue, 1, 1, [2])
            .WriteRecord(10, 5_000_000, 1, 1, [3])
            .WriteRecord(0, 0, 1, 1, [4])
            .ToArray();

        Assert.Equal(
            [4_294_967_280_000_000_000, 4_294_967_295_000_000_000 + 4_294_967_295_000, 15_000_000_000, 0],
            CaptureReading.OfBytes(file).Frames.Select(frame => frame.Timestamp));
    }

    [Fact]
    public void Never_tells_a_wire_length_below_the_captured_one_or_beyond_an_int()
    {
        byte[] file = new PcapWriter().WriteRecord(1, 0, 4, 2, new byte[4]).WriteRecord(1, 0, 4, uint.MaxValue, new byte[4]).ToArray();

        Assert.Equal([4, int.MaxValue], CaptureReading.OfBytes(file).Frames.Select(frame => frame.WireLength));
    }

    [Theory]
    [InlineData(2_048)]
    [InlineData(1 << 20)]
    public void Reads_the_largest_frame_whatever_the_block(int blockSize)
    {
        RecordedFrame[] frames = [SampleFrames.At(0), new(SampleFrames.Bytes(262_144), 1_000), SampleFrames.At(2_000)];

        Assert.Equal(frames, CaptureReading.OfBytes(PcapWriter.Build(frames), blockSize).Frames);
    }
}
