using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Survey;

namespace TlsAppliance.Span;

/// <summary>An interface after it was looked at.</summary>
/// <param name="Device">Its name.</param>
/// <param name="Time">How long.</param>
/// <param name="Figures">What came in.</param>
/// <param name="Kernel">What the kernel counted.</param>
internal sealed record SpanReading(string Device, TimeSpan Time, SpanFigures Figures, KernelCounters Kernel)
{
    public double FramesPerSecond => Figures.Frames / Math.Max(Time.TotalSeconds, 1e-3);

    public double MegabitsPerSecond => Figures.WireBytes * 8 / Math.Max(Time.TotalSeconds, 1e-3) / 1e6;
}
