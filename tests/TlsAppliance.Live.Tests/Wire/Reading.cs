using TlsAppliance.Network.Frames;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>Reads sources in tests.</summary>
internal static class Reading
{
    /// <summary>Everything that comes until the source ends, copied.</summary>
    public static List<byte[]> Rest(this ILiveSource source)
    {
        List<byte[]> frames = [];
        while (source.TryRead(out FrameRun run))
        {
            for (int index = run.Start; index < run.Start + run.Count; index++)
            {
                frames.Add(run.Block[index].Bytes.ToArray());
            }

            run.Block.Release();
        }

        return frames;
    }

    /// <summary>How many come until the source ends.</summary>
    public static long CountRest(this ILiveSource source)
    {
        long frames = 0;
        while (source.TryRead(out FrameRun run))
        {
            frames += run.Count;
            run.Block.Release();
        }

        return frames;
    }

    /// <summary>Takes no more frames, and counts those that wait.</summary>
    public static long Drain(this ILiveSource source)
    {
        source.Stop();
        return source.CountRest();
    }
}
