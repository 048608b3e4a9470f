using TlsAppliance.Capture.Files;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests.Files;

public sealed class CaptureFileReaderTests
{
    [Fact]
    public void F73_reads_what_was_appended_while_it_read()
    {
        RecordedFrame[] frames = SampleFrames.Of(3);
        byte[] file = PcapWriter.Build(frames);
        using TemporaryFiles files = new();
        string path = files.Write(PcapWriter.Build(frames[..1]));
        using CaptureFileReader reader = new(path, new FrameBlockPool(), () => StoredBytes.Open(path));

        Assert.Equal(1, CountOfNextBlock(reader));
        Append(path, file[(int)new FileInfo(path).Length..^5]);
        Assert.Equal(1, CountOfNextBlock(reader));
        Assert.Equal(0, CountOfNextBlock(reader));
        Assert.Equal("the file ends inside a frame (57 of 62 bytes are there)", reader.Fault!.Reason);
    }

    [Fact]
    public void F73_ends_where_a_file_was_cut_while_it_read()
    {
        using TemporaryFiles files = new();
        string path = files.Write(PcapWriter.Build(SampleFrames.Of(100, length: 1_000)));
        using CaptureFileReader reader = new(path, new FrameBlockPool(blockSize: 4_096), () => StoredBytes.Open(path));

        Assert.Equal(4, CountOfNextBlock(reader));
        File.WriteAllBytes(path, []);
        Assert.Equal(0, CountOfNextBlock(reader));
        Assert.NotNull(reader.Fault);
    }

    private static void Append(string path, byte[] bytes)
    {
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
    }

    private static int CountOfNextBlock(CaptureFileReader reader)
    {
        if (!reader.TryRead(out FrameBlock? block))
        {
            return 0;
        }

        int count = block.Count;
        block.Release();
        return count;
    }

    [Fact]
    public void Hands_over_the_frames_of_a_pipe_before_more_arrive()
    {
        RecordedFrame[] frames = SampleFrames.Of(2, length: 100);
        byte[] file = PcapWriter.Build(frames);
        StalledPipe pipe = new(file[..(24 + 116 + 30)]);
        using CaptureFileReader reader = new("pipe", new FrameBlockPool(), () => pipe);

        Assert.Equal(1, CountOfNextBlock(reader));
        Assert.False(pipe.WasAskedForMore);
    }

    [Fact]
    public void Tells_a_failing_disk_and_keeps_the_frames_before_it()
    {
        RecordedFrame[] frames = SampleFrames.Of(20);
        byte[] file = PcapWriter.Build(frames);

        CaptureReading reading = CaptureReading.OfStream(new FailingDisk(file, failsAt: 500), blockSize: 128);

        Assert.Equal(frames[..reading.Frames.Count], reading.Frames);
        Assert.InRange(reading.Frames.Count, 5, 6);
        Assert.Equal(new CaptureFault("memory", 500, "cannot be read: Input/output error"), reading.Fault);
    }

    [Fact]
    public void Numbers_its_blocks()
    {
        byte[] file = PcapWriter.Build(SampleFrames.Of(30, length: 500));
        using CaptureFileReader reader = new("memory", new FrameBlockPool(2_048), () => new MemoryStream(file));
        List<long> numbers = [];
        while (reader.TryRead(out FrameBlock? block))
        {
            numbers.Add(block.Number);
            block.Release();
        }

        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(number => (long)number), numbers);
        Assert.InRange(numbers.Count, 8, 30);
        Assert.Equal(file.Length, reader.StoredBytesRead);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Allocates_nothing_per_frame(bool pcapng)
    {
        RecordedFrame[] frames = [.. Enumerable.Range(0, 60_000).Select(i => SampleFrames.At(i * 1_000L, (byte)i, length: 100 + (i % 50)))];
        byte[] file = pcapng ? PcapngWriter.Build(frames) : PcapWriter.Build(frames);
        using CaptureFileReader reader = new("memory", new FrameBlockPool(64 << 10), () => new MemoryStream(file));
        ReadFrames(reader, atLeast: 20_000);

        int read = 0;
        long allocated = Allocations.Of(() => read = ReadFrames(reader, atLeast: 6_000));

        Assert.InRange(read, 6_000, 8_000);
        Assert.Equal(0, allocated);
    }

    private static int ReadFrames(CaptureFileReader reader, int atLeast)
    {
        int frames = 0;
        while (frames < atLeast && reader.TryRead(out FrameBlock? block))
        {
            frames += block.Count;
            block.Release();
        }

        return frames;
    }

    [Fact]
    public void Uses_a_block_again_once_it_was_released()
    {
        byte[] file = PcapWriter.Build(SampleFrames.Of(30, length: 500));
        using CaptureFileReader reader = new("memory", new FrameBlockPool(2_048), () => new MemoryStream(file));
        HashSet<FrameBlock> blocks = [];
        while (reader.TryRead(out FrameBlock? block))
        {
            blocks.Add(block);
            block.Release();
        }

        Assert.Single(blocks);
    }

    private sealed class StalledPipe(byte[] content) : MemoryStream(content)
    {
        public bool WasAskedForMore { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            WasAskedForMore |= Position == Length;
            return base.Read(buffer);
        }
    }

    private sealed class FailingDisk(byte[] content, int failsAt) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer)
        {
            int left = failsAt - (int)Position;
            return left > 0 ? base.Read(buffer[..Math.Min(left, buffer.Length)]) : throw new IOException("Input/output error");
        }
    }
}
