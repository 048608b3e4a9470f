using TlsAppliance.Capture.Live;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Capture;

namespace TlsAppliance.Commands;

/// <summary>
/// All captures, opened before anything else starts: what is wrong is told at once and ends the program. Later failures are the engine's, which opens the interface again. An interface
/// that is only down will come up.
/// </summary>
internal sealed class FirstSources : IDisposable
{
    private readonly List<LiveInput> _inputs = [];
    private readonly List<LiveCapture> _captures = [];
    private readonly List<ILiveSource> _unused = [];
    private readonly Lock _lock = new();

    public IReadOnlyList<LiveInput> Inputs => _inputs;

    /// <summary>The interfaces, each with all its threads.</summary>
    public IReadOnlyList<LiveCapture> Captures => _captures;

    /// <exception cref="LiveCaptureException">One of them cannot be captured.</exception>
    public static FirstSources Open(IReadOnlyList<LiveCaptureOptions> interfaces)
    {
        var sources = new FirstSources();
        try
        {
            for (int index = 0; index < interfaces.Count; index++)
            {
                var capture = new LiveCapture(interfaces[index], (ushort)index);
                sources._captures.Add(capture);
                for (int thread = 0; thread < interfaces[index].Threads; thread++)
                {
                    sources.Add(capture, thread);
                }
            }

            return sources;
        }
        catch
        {
            sources.Dispose();
            throw;
        }
    }

    private void Add(LiveCapture capture, int thread)
    {
        ILiveSource? first = TryOpen(capture, thread);
        if (first is not null)
        {
            _unused.Add(first);
        }

        _inputs.Add(new LiveInput(capture.Options.Interface, thread, () => Take(ref first) ?? capture.Open(thread)));
    }

    private static ILiveSource? TryOpen(LiveCapture capture, int thread)
    {
        try
        {
            return capture.Open(thread);
        }
        catch (LiveCaptureException failure) when (failure.Failure == LiveCaptureFailure.Down)
        {
            return null;
        }
    }

    private ILiveSource? Take(ref ILiveSource? first)
    {
        lock (_lock)
        {
            ILiveSource? taken = first;
            first = null;
            if (taken is not null)
            {
                _unused.Remove(taken);
            }

            return taken;
        }
    }

    public void Dispose()
    {
        foreach (ILiveSource source in _unused)
        {
            source.Dispose();
        }
    }
}
