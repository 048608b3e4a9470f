using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Files;

/// <summary>Every cut and many random changes of small files: the frames before the damage come, the damage is told, nothing throws.</summary>
public sealed class CutAndMutatedFilesTests
{
    private static readonly RecordedFrame[] Frames = SampleFrames.Of(6, length: 21);

    public static TheoryData<string> All => ["pcap", "pcap, big endian, ns", "pcapng", "pcapng, big endian", "pcapng, every block"];

    private static byte[] File(string kind) => kind switch
    {
        "pcap" => PcapWriter.Build(Frames),
        "pcap, big endian, ns" => PcapWriter.Build(Frames, magic: PcapWriter.NanosecondMagic, bigEndian: true),
        "pcapng" => PcapngWriter.Build(Frames),
        "pcapng, big endian" => PcapngWriter.Build(Frames, bigEndian: true),
        _ => EveryBlock(),
    };

    private static byte[] EveryBlock()
    {
        PcapngWriter writer = new PcapngWriter().WriteSection().WriteInterface();
        foreach (RecordedFrame frame in Frames[..3])
        {
            writer.WriteObsolete(frame).WriteBlock(PcapngWriter.CustomBlock, new byte[40]);
        }

        writer.WriteSection(bigEndian: true).WriteInterface(resolution: PcapngWriter.Nanoseconds);
        foreach (RecordedFrame frame in Frames[3..])
        {
            writer.WriteEnhanced(frame with { Interface = 0 }, options: writer.Option(1, "comment"u8)).WriteBlock(PcapngWriter.InterfaceStatisticsBlock, new byte[12]);
        }

        return writer.ToArray();
    }

    /// <summary>Where each record ends that holds a frame, and where a file may end without being cut.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void F67_every_cut_keeps_the_frames_before_it(string kind)
    {
        byte[] file = File(kind);
        IReadOnlyList<RecordedFrame> whole = CaptureReading.OfBytes(file).Frames;
        Assert.Equal(Frames.Length, whole.Count);

        int before = 0;
        int silentCuts = 0;
        for (int length = 1; length < file.Length; length++)
        {
            CaptureReading reading = CaptureReading.OfBytes(file[..length], blockSize: length % 2 == 0 ? 64 : 4_096);

            Assert.InRange(reading.Frames.Count, before, before + 1);
            Assert.Equal(whole.Take(reading.Frames.Count), reading.Frames);
            Assert.All(reading.Faults, fault => Assert.InRange(fault.Offset, 0, length));
            before = reading.Frames.Count;
            silentCuts += reading.Faults.Count == 0 ? 1 : 0;
        }

        // Only a cut between two records leaves a whole file.
        Assert.Equal(RecordsBeforeTheLast(kind), silentCuts);
        Assert.InRange(before, Frames.Length - 1, Frames.Length);
    }

    private static int RecordsBeforeTheLast(string kind) => kind switch
    {
        "pcap" or "pcap, big endian, ns" => 1 + Frames.Length - 1,
        "pcapng" or "pcapng, big endian" => 2 + Frames.Length - 1,
        _ => 4 + (2 * Frames.Length) - 1,
    };

    [Theory]
    [MemberData(nameof(All))]
    public void F72_ten_thousand_mutations_never_throw(string kind)
    {
        byte[] file = File(kind);
        for (int seed = 0; seed < 10_000; seed++)
        {
            byte[] mutated = Mutate(file, new Random(seed));
            CaptureReading reading = CaptureReading.OfBytes(mutated, blockSize: 256);

            Assert.InRange(reading.Frames.Count, 0, mutated.Length / 12);
            Assert.InRange(reading.Frames.Sum(frame => frame.Bytes.Length), 0, mutated.Length);
            Assert.All(reading.Faults, fault => Assert.InRange(fault.Offset, 0, mutated.Length));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("lz4")]
    public void F72_mutations_of_packed_files_never_throw(string compression)
    {
        byte[] file = PcapWriter.Build(SampleFrames.Of(40)).Pack(compression);
        for (int seed = 0; seed < 2_000; seed++)
        {
            CaptureReading reading = CaptureReading.OfBytes(Mutate(file, new Random(seed)), blockSize: 4_096);
            Assert.InRange(reading.Faults.Count, 0, 1);
        }
    }

    [Fact]
    public void F72_random_bytes_are_no_capture()
    {
        for (int seed = 0; seed < 1_000; seed++)
        {
            Random random = new(seed);
            byte[] bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);

            CaptureReading reading = CaptureReading.OfBytes(bytes);

            Assert.Empty(reading.Frames);
            Assert.Equal(0, reading.Fault.Offset);
        }
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] mutated = random.Next(4) == 0 ? [.. file, .. file[random.Next(file.Length)..]] : [.. file];
        for (int changes = random.Next(1, 6); changes > 0; changes--)
        {
            int at = random.Next(mutated.Length);
            mutated[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(mutated[at] ^ (1 << random.Next(8))),
                _ => (byte)(random.Next(2) == 0 ? 0 : 0xff),
            };
        }

        return random.Next(4) == 0 ? mutated[..random.Next(1, mutated.Length)] : mutated;
    }
}
