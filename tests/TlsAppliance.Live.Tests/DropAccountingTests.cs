using TlsAppliance.Capture.Live;
using TlsAppliance.Live.Tests.Wire;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Live.Tests;

/// <summary>What was sent is what was read and what the kernel says it dropped, to the frame.</summary>
public sealed class DropAccountingTests : IDisposable
{
    private const int SmallRing = 2 << 20;
    private const int FrameLength = 1000;

    /// <summary>Frames that fit into the ring, two blocks of eight.</summary>
    private const int Fitting = 500;

    /// <summary>A block of the ring is handed over after so long even if it is not full.</summary>
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(100);

    /// <summary>Where nothing may be lost, a slow sender must not use the blocks up with few frames: three seconds for what takes a hundredth of one.</summary>
    private static readonly TimeSpan s_patientLatency = TimeSpan.FromMilliseconds(500);

    private static readonly int s_runs = Soak.Count(3, 20);

    private readonly NetworkNamespace _network = NetworkNamespace.Create();

    public void Dispose() => _network.Dispose();

    /// <summary>Frames that fit into the ring, about as many as fit, and many more.</summary>
    [Theory]
    [InlineData(LiveCaptureType.AfPacket, Fitting)]
    [InlineData(LiveCaptureType.AfPacket, 2_000)]
    [InlineData(LiveCaptureType.AfPacket, 20_000)]
    [InlineData(LiveCaptureType.Pcap, Fitting)]
    [InlineData(LiveCaptureType.Pcap, 2_000)]
    [InlineData(LiveCaptureType.Pcap, 20_000)]
    public void A_reader_that_pauses_loses_exactly_what_the_kernel_says(LiveCaptureType type, int sent)
    {
        for (int run = 0; run < s_runs; run++)
        {
            (long read, KernelCounters counters) = _network.Run(() =>
            {
                using ILiveSource source = Open(type, sent == Fitting ? s_patientLatency : s_latency);
                NetworkNamespace.Put(Frames(sent));
                return (source.Drain(), source.Counters);
            });

            Assert.Equal(sent, read + counters.Dropped + counters.InterfaceDropped);
            Assert.Equal(read, counters.Received - counters.Dropped);
            Assert.True(sent == 2_000 || counters.Dropped > 0 == sent > 2_000);
        }
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void A_reader_at_work_loses_exactly_what_the_kernel_says(LiveCaptureType type)
    {
        const int sent = 60_000;
        for (int run = 0; run < s_runs; run++)
        {
            (long read, KernelCounters counters) = _network.Run(() =>
            {
                using ILiveSource source = Open(type, s_latency);
                Task sender = Task.Factory.StartNew(
                    () => _network.Send(Frames(sent)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                long frames = 0;
                while (!sender.IsCompleted && source.TryRead(out FrameRun run))
                {
                    // A slow reader: half of the blocks wait for the sender to get ahead.
                    frames += run.Count;
                    SpinWait.SpinUntil(() => sender.IsCompleted || source.IsPressed, run.Count > 0 ? 2 : 0);
                    run.Block.Release();
                }

                sender.GetAwaiter().GetResult();
                return (frames + source.Drain(), source.Counters);
            });

            Assert.Equal(sent, read + counters.Dropped + counters.InterfaceDropped);
        }
    }

    private static ILiveSource Open(LiveCaptureType type, TimeSpan latency) =>
        new LiveCapture(new LiveCaptureOptions { Interface = NetworkNamespace.Far, Type = type, BufferBytes = SmallRing, Latency = latency }).Open(0);

    private static IEnumerable<byte[]> Frames(int count) => Enumerable.Range(0, count).Select(number => Sample.Frame(number, FrameLength));
}
