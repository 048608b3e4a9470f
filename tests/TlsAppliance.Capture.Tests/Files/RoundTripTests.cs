using CsCheck;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Files;

/// <summary>What is written is what is read, whatever the format, the compression, the block and the pieces that a pipe hands over.</summary>
public sealed class RoundTripTests
{
    private const long LatestSecond = uint.MaxValue;

    private static readonly Gen<RecordedFrame> Frame =
        from bytes in Gen.Byte.Array[0, 300]
        from seconds in Gen.Long[0, LatestSecond]
        from microseconds in Gen.Long[0, 999_999]
        from beyond in Gen.Int[0, 2_000]
        from captureInterface in Gen.Int[0, 2]
        select new RecordedFrame(bytes, (seconds * 1_000_000_000) + (microseconds * 1_000), bytes.Length + beyond, captureInterface);

    private static readonly Gen<RecordedFrame[]> Frames = Frame.Array[0, 40];

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("lz4")]
    public void Pcap_gives_back_every_frame(string compression)
    {
        Gen<uint> magics = Gen.OneOf(Gen.Const(PcapWriter.MicrosecondMagic), Gen.Const(PcapWriter.NanosecondMagic), Gen.Const(PcapWriter.KuznetzovMagic));
        Gen.Select(Frames, magics, Gen.Bool, Gen.Int[1, 600], Gen.Int[1, 200]).Sample(
            (frames, magic, bigEndian, blockSize, piece) =>
            {
                RecordedFrame[] expected = [.. frames.Select(frame => frame with { Interface = 0 })];
                AssertRead(expected, PcapWriter.Build(expected, LinkType.Raw, magic, bigEndian), compression, blockSize, piece, LinkType.Raw);
            },
            seed: "000000000002", iter: 400, threads: 1);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("lz4")]
    public void Pcapng_gives_back_every_frame(string compression)
    {
        Gen.Select(Frames, Gen.Bool, Gen.Int[1, 600], Gen.Int[1, 200]).Sample(
            (frames, bigEndian, blockSize, piece) =>
                AssertRead(frames, PcapngWriter.Build(frames, bigEndian), compression, blockSize, piece, LinkType.Ethernet),
            seed: "000000000003", iter: 400, threads: 1);
    }

    private static void AssertRead(RecordedFrame[] frames, byte[] file, string compression, int blockSize, int piece, LinkType linkType)
    {
        byte[] stored = compression == "none" ? file : file.Pack(compression);
        RecordedFrame[] expected = [.. frames.Select(frame => frame with { LinkType = linkType })];

        CaptureReading reading = CaptureReading.OfStream(new PipeOfPieces(stored, piece), blockSize);

        Assert.Empty(reading.Faults);
        Assert.Equal(expected, reading.Frames);
    }
}
