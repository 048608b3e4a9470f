using TlsAppliance.Capture.Files;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Files;

public sealed class CompressionTests
{
    public static TheoryData<string> All => ["gzip", "zstd", "lz4"];

    [Theory]
    [MemberData(nameof(All))]
    public void F72_reads_compressed_captures_by_their_first_bytes(string compression)
    {
        RecordedFrame[] frames = SampleFrames.Of(5_000, length: 200);
        byte[] packed = PcapWriter.Build(frames).Pack(compression);

        Assert.Equal(compression, Compressions.Recognise(packed).Name());
        CaptureReading reading = CaptureReading.OfBytes(packed);

        Assert.Empty(reading.Faults);
        Assert.Equal(frames, reading.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Reads_several_members_as_one_content(string compression)
    {
        RecordedFrame[] frames = SampleFrames.Of(20);
        byte[] content = PcapWriter.Build(frames);
        byte[] packed = [.. content[..333].Pack(compression), .. content[333..].Pack(compression)];

        CaptureReading reading = CaptureReading.OfBytes(packed);

        Assert.Empty(reading.Faults);
        Assert.Equal(frames, reading.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tells_a_cut_at_every_byte_and_keeps_the_frames_before_it(string compression)
    {
        RecordedFrame[] frames = SampleFrames.Of(6);
        byte[] packed = PcapngWriter.Build(frames).Pack(compression);
        for (int length = 4; length < packed.Length; length++)
        {
            CaptureReading reading = CaptureReading.OfBytes(packed[..length]);

            Assert.Contains("ends early", reading.Fault.Reason, StringComparison.Ordinal);
            Assert.Equal(frames[..reading.Frames.Count], reading.Frames);
        }
    }

    [Theory]
    [InlineData("gzip", 20_000)]
    [InlineData("zstd", 300_000)]
    [InlineData("lz4", 4_300_000)]
    public void Delivers_what_a_cut_stream_holds_whole(string compression, int mayBeLost)
    {
        Random random = new(7);
        RecordedFrame[] frames = [.. Enumerable.Range(0, 12_000).Select(i => new RecordedFrame(RandomBytes(random, 1_000), SampleFrames.Start + (i * 1_000)))];
        byte[] content = PcapWriter.Build(frames);
        byte[] packed = content.Pack(compression);

        CaptureReading reading = CaptureReading.OfBytes(packed[..(packed.Length * 9 / 10)]);

        // Random bytes do not shrink, so nine tenths of the packed bytes hold nine tenths of the content.
        Assert.InRange(reading.Frames.Count, ((content.Length * 9L / 10) - mayBeLost) / 1_016, frames.Length);
        Assert.Equal(frames[..reading.Frames.Count], reading.Frames);
        Assert.InRange(reading.Fault.Offset, reading.Frames.Count * 1_016, content.Length);
    }

    private static byte[] RandomBytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tells_damage_inside_the_packed_bytes(string compression)
    {
        RecordedFrame[] frames = SampleFrames.Of(3_000, length: 100);
        byte[] packed = PcapWriter.Build(frames).Pack(compression);
        packed.AsSpan(packed.Length / 2, 16).Fill(0xff);

        CaptureReading reading = CaptureReading.OfBytes(packed);

        Assert.Single(reading.Faults);
        Assert.InRange(reading.Frames.Count, 0, frames.Length - 1);
    }

    [Fact]
    public void Reads_zstd_after_a_skippable_frame()
    {
        RecordedFrame[] frames = SampleFrames.Of(3);
        byte[] skippable = [0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];

        CaptureReading reading = CaptureReading.OfBytes([.. skippable, .. PcapWriter.Build(frames).Pack("zstd")]);

        Assert.Equal(frames, reading.Frames);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tells_content_that_is_no_capture(string compression)
    {
        CaptureFault fault = CaptureReading.OfBytes("just a text"u8.ToArray().Pack(compression)).Fault;

        Assert.Equal(0, fault.Offset);
        Assert.Equal(CaptureFaults.NoCapture, fault.Reason);
    }
}
