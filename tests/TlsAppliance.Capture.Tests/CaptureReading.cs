using System.Collections.Concurrent;
using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Captures;

namespace TlsAppliance.Capture.Tests;

/// <summary>What came out of reading: every frame in order, copied, and what was wrong.</summary>
public sealed record CaptureReading(IReadOnlyList<RecordedFrame> Frames, IReadOnlyList<FrameOrigin> Origins, IReadOnlyList<CaptureFault> Faults)
{
    public CaptureFault Fault => Assert.Single(Faults);

    /// <summary>Reads a file that consists of these bytes.</summary>
    public static CaptureReading OfBytes(byte[] content, int blockSize = FrameBlockPool.DefaultBlockSize) =>
        OfStream(new MemoryStream(content), blockSize);

    public static CaptureReading OfStream(Stream content, int blockSize = FrameBlockPool.DefaultBlockSize)
    {
        using CaptureFileReader reader = new("memory", Pools.GetOrAdd(blockSize, size => new FrameBlockPool(size)), () => content);
        return Of(reader);
    }

    /// <summary>Blocks are shared by the many tests that read a few bytes each.</summary>
    private static readonly ConcurrentDictionary<int, FrameBlockPool> Pools = new();

    public static CaptureReading OfFile(string path, int blockSize = FrameBlockPool.DefaultBlockSize)
    {
        using CaptureFileReader reader = new(path, new FrameBlockPool(blockSize), () => StoredBytes.Open(path));
        return Of(reader);
    }

    private static CaptureReading Of(CaptureFileReader reader)
    {
        List<RecordedFrame> frames = [];
        while (reader.TryRead(out FrameBlock? block))
        {
            Copy(new FrameRun(block, 0, block.Count), frames);
            block.Release();
        }

        return new CaptureReading(frames, [], reader.Fault is null ? [] : [reader.Fault]);
    }

    public static CaptureReading OfInputs(params string[] arguments)
    {
        using MergedCaptureSource source = new(CaptureInputs.Resolve(arguments));
        return Of(source);
    }

    public static CaptureReading Of(ICaptureSource source)
    {
        List<RecordedFrame> frames = [];
        List<FrameOrigin> origins = [];
        while (source.TryRead(out FrameRun run))
        {
            Assert.True(run.Count > 0 || run.EndsSegment);
            Copy(run, frames);
            origins.Add(new FrameOrigin(run.Input, run.Count, run.EndsSegment));
            run.Block.Release();
        }

        return new CaptureReading(frames, origins, source.Faults);
    }

    private static void Copy(FrameRun run, List<RecordedFrame> frames)
    {
        for (int i = run.Start; i < run.Start + run.Count; i++)
        {
            CapturedFrame frame = run.Block[i];
            frames.Add(new RecordedFrame(frame.Bytes.ToArray(), frame.Timestamp, frame.WireLength, frame.Interface, frame.LinkType));
        }
    }
}

/// <summary>Shape of one run.</summary>
public readonly record struct FrameOrigin(int Input, int Count, bool EndsSegment);
