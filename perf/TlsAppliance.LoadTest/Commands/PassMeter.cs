using System.Diagnostics;
using System.Globalization;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.LoadTest.Commands;

/// <summary>Prints what each pass of a looped source cost this process. The engine may still work on the end of a pass when the next one begins.</summary>
internal sealed class PassMeter(ICaptureSource source) : ICaptureSource
{
    private TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;
    private long _allocated = GC.GetTotalAllocatedBytes();
    private long _start = Stopwatch.GetTimestamp();
    private long _frames;
    private long _events;

    /// <summary>Events written so far.</summary>
    public Func<long> Events { get; set; } = () => 0;

    public bool MayWait => source.MayWait;

    public long BytesRead => source.BytesRead;

    public long BytesTotal => source.BytesTotal;

    public IReadOnlyList<CaptureFault> Faults => source.Faults;

    public bool TryRead(out FrameRun run)
    {
        bool isRead = source.TryRead(out run);
        _frames += isRead ? run.Count : 0;
        if (isRead && run.EndsSegment)
        {
            EndPass();
        }

        return isRead;
    }

    public void Dispose() => source.Dispose();

    private void EndPass()
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long allocated = GC.GetTotalAllocatedBytes();
        long now = Stopwatch.GetTimestamp();
        long events = Events();
        double spent = (cpu - _cpu).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Stopwatch.GetElapsedTime(_start, now).TotalSeconds:F3} s wall, {spent:F3} s CPU, {spent * 1e9 / _frames:F0} ns/frame, " +
            $"{spent * 1e6 / Math.Max(1, events - _events):F2} us/event, {_frames / spent / 1e6:F2} M frames per CPU s, " +
            $"{(allocated - _allocated) / (double)_frames:F2} B/frame, {events - _events} events"));
        (_cpu, _allocated, _start, _events, _frames) = (cpu, allocated, now, events, 0);
    }
}
