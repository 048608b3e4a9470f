using CsCheck;
using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

public sealed class MergedCaptureSourceTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    /// <summary>A file with one frame at each of these seconds; each frame's only byte names the file.</summary>
    private string WriteFile(byte marker, params long[] seconds) =>
        _files.Write(PcapWriter.Build(seconds.Select(second => new RecordedFrame([marker], second * SampleFrames.Second))));

    private static string MarkersOf(CaptureReading reading) => string.Concat(reading.Frames.Select(frame => (char)frame.Bytes[0]));

    [Fact]
    public void Merges_files_that_overlap_by_time()
    {
        string a = WriteFile((byte)'a', 1, 3, 4, 8);
        string b = WriteFile((byte)'b', 2, 5, 6, 7);

        CaptureReading reading = CaptureReading.OfInputs(a, b);

        Assert.Equal("abaabbba", MarkersOf(reading));
        Assert.Equal([(0, 1), (1, 1), (0, 2), (1, 3), (0, 1)], reading.Origins.Select(origin => (origin.Input, origin.Count)));
    }

    [Fact]
    public void Runs_files_that_do_not_overlap_one_after_the_other_by_time()
    {
        string late = WriteFile((byte)'l', 10, 11, 12);
        string early = WriteFile((byte)'e', 1, 2, 3);

        CaptureReading reading = CaptureReading.OfInputs(late, early);

        Assert.Equal("eeelll", MarkersOf(reading));
        Assert.Equal([(1, 3), (0, 3)], reading.Origins.Select(origin => (origin.Input, origin.Count)));
    }

    [Fact]
    public void Breaks_ties_by_input_order()
    {
        string a = WriteFile((byte)'a', 1, 2, 2, 3);
        string b = WriteFile((byte)'b', 1, 2, 2, 3);

        Assert.Equal("abaabbab", MarkersOf(CaptureReading.OfInputs(a, b)));
        Assert.Equal("babbaaba", MarkersOf(CaptureReading.OfInputs(b, a)));
    }

    [Fact]
    public void N18_never_changes_the_order_within_a_file()
    {
        string a = WriteFile((byte)'a', 1, 9, 2, 3);
        string b = WriteFile((byte)'b', 4, 5, 10);

        CaptureReading reading = CaptureReading.OfInputs(a, b);

        // From its second frame on, file a stands at 9, the latest time met in it.
        Assert.Equal("abbaaab", MarkersOf(reading));
    }

    [Fact]
    public void Hands_over_a_single_file_block_by_block()
    {
        byte[] file = PcapWriter.Build(SampleFrames.Of(2_000));

        CaptureReading reading = CaptureReading.OfInputs(_files.Write(file));

        Assert.Equal(2_000, reading.Frames.Count);
        Assert.InRange(reading.Origins.Count, 1, (file.Length / FrameBlockPool.DefaultBlockSize) + 2);
    }

    [Fact]
    public void Equals_a_sort_by_running_maximum_for_any_files()
    {
        Gen.Int[0, 30].Array[0, 25].Array[1, 6].Sample(
            seconds =>
            {
                string[] paths = [.. seconds.Select((file, i) => WriteFile((byte)('a' + i), [.. file.Select(second => (long)second)]))];
                using MergedCaptureSource source = new(CaptureInputs.Resolve(paths), new FrameBlockPool(blockSize: 64));
                Assert.Equal(Sorted(seconds), MarkersOf(CaptureReading.Of(source)));
            },
            seed: "000000000004", iter: 200, threads: 1);
    }

    private static string Sorted(int[][] seconds) => string.Concat(
        seconds.SelectMany((file, i) => file.Select((_, n) => (Key: file.Take(n + 1).Max(), Input: i, Order: n)))
            .OrderBy(frame => frame.Key).ThenBy(frame => frame.Input).ThenBy(frame => frame.Order)
            .Select(frame => (char)('a' + frame.Input)));

    [Fact]
    public void Merges_more_files_than_it_opens_at_once_and_loses_none()
    {
        string[] paths = [.. Enumerable.Range(0, 100).Select(i => WriteFile((byte)i, 1 + i, 1_000 + i))];

        CaptureReading reading = CaptureReading.OfInputs(paths);

        Assert.Empty(reading.Faults);
        Assert.Equal(200, reading.Frames.Count);
        Assert.Equal(Enumerable.Range(0, 64), reading.Origins.Take(64).Select(origin => origin.Input));

        // Files 64 to 99 had to wait until the first ended; each then caught up at once.
        Assert.Equal([0, 64, 1, 65], reading.Origins.Skip(64).Take(4).Select(origin => origin.Input));
    }

    [Fact]
    public void Goes_on_with_the_others_after_a_damaged_file_and_tells_every_fault()
    {
        string a = WriteFile((byte)'a', 1, 3, 5);
        string b = _files.Write([.. PcapWriter.Build([new([(byte)'b'], 2 * SampleFrames.Second)]), 1, 2, 3]);
        string c = _files.Write("no capture"u8.ToArray());
        string missing = _files.PathOf("missing.pcap");

        CaptureReading reading = CaptureReading.OfInputs(a, b, c, missing);

        Assert.Equal("abaa", MarkersOf(reading));
        Assert.Equal([missing, c, b], reading.Faults.Select(fault => fault.Path));
        Assert.Equal([-1, 0, 41], reading.Faults.Select(fault => fault.Offset));
    }

    [Fact]
    public void Counts_the_bytes_for_progress()
    {
        string a = WriteFile((byte)'a', 1, 3);
        string b = _files.Write(PcapWriter.Build(SampleFrames.Of(50)).Pack("gzip"));
        CaptureInputs inputs = CaptureInputs.Resolve([a, b]);
        using MergedCaptureSource source = new(inputs);

        CaptureReading.Of(source);

        Assert.Equal(new FileInfo(a).Length + new FileInfo(b).Length, source.BytesTotal);
        Assert.Equal(source.BytesTotal, source.BytesRead);
    }

    [Fact]
    public void Releases_the_blocks_in_hand_when_it_is_stopped()
    {
        FrameBlockPool pool = new(4_096);
        string a = WriteFile((byte)'a', 1, 3, 5);
        string b = WriteFile((byte)'b', 2, 4, 6);
        using (MergedCaptureSource source = new(CaptureInputs.Resolve([a, b]), pool))
        {
            Assert.True(source.TryRead(out FrameRun run));
            run.Block.Release();
        }

        HashSet<FrameBlock> kept = [pool.Rent(), pool.Rent()];
        Assert.All(kept, block => Assert.Equal(0, block.Count));
        Assert.Equal(2, pool.Created);
    }

    public void Dispose() => _files.Dispose();
}
