namespace TlsAppliance.LoadTest.Live;

/// <summary>One pass of a load over the wire, as one taker met it.</summary>
/// <param name="Sent">Frames that the sender put there.</param>
/// <param name="SentPerSecond">How fast.</param>
/// <param name="Got">Frames that the taker got; that of nobody is 0.</param>
/// <param name="CpuSeconds">CPU time of the taker from the first frame on, in user mode and in the kernel, without the interrupts that fall to the sender.</param>
/// <param name="PeakBytes">Largest resident set of the taker, its ring included as far as it was touched.</param>
/// <param name="Text">All that the taker printed.</param>
internal sealed record Passage(long Sent, double SentPerSecond, long Got, double CpuSeconds, long PeakBytes, string Text)
{
    /// <summary>Share of the frames that did not come, 0 to 1.</summary>
    public double Loss => Sent > 0 ? (double)(Sent - Got) / Sent : 0;

    public double NanosecondsPerFrame => Got > 0 ? CpuSeconds * 1e9 / Got : 0;
}
