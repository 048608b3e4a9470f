using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Places;

/// <summary>Finds frames again in inputs that were read: for the few of a run of which that is asked, reading once more costs less than to carry every frame's place along.</summary>
public static class FrameSearch
{
    /// <summary>The first place of each frame, by capture time and captured length; inputs that cannot be read again are left out, and so are frames that are not found.</summary>
    public static IReadOnlyDictionary<(long Timestamp, int Length), FramePlace> Find(CaptureInputs inputs, IEnumerable<(long Timestamp, int Length)> frames, CancellationToken cancellation)
    {
        HashSet<(long, int)> wanted = [.. frames];
        var found = new Dictionary<(long Timestamp, int Length), FramePlace>();
        var pool = new FrameBlockPool();
        foreach (CaptureInput input in inputs.Files.Where(input => input.CanBeReadAgain))
        {
            using var reader = new CaptureFileReader(input, pool, cancellation);
            long number = 0;
            while (found.Count < wanted.Count && !cancellation.IsCancellationRequested && reader.TryRead(out FrameBlock? block))
            {
                foreach (ref readonly FrameRecord record in block.Records)
                {
                    number++;
                    (long, int) frame = (record.Timestamp, record.Length);
                    if (wanted.Contains(frame))
                    {
                        found.TryAdd(frame, new FramePlace(input.Path, number, block.ContentOffset + record.Offset));
                    }
                }

                block.Release();
            }
        }

        return found;
    }
}
