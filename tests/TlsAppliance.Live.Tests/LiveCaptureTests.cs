using TlsAppliance.Capture.Live;
using TlsAppliance.Live.Tests.Wire;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing;

namespace TlsAppliance.Live.Tests;

public sealed class LiveCaptureTests : IDisposable
{
    private readonly NetworkNamespace _network = NetworkNamespace.Create();

    public void Dispose() => _network.Dispose();

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void Frames_come_as_they_were_sent_with_their_tags(LiveCaptureType type)
    {
        byte[][] sent =
        [
            Sample.Frame(1),
            Sample.Tagged(Sample.Frame(2), (0x8100, 7)),
            Sample.Tagged(Sample.Frame(3), (0x88A8, 0x2005), (0x8100, 0xE009)),
            Sample.Tagged(Sample.Frame(4), (0x8100, 0)),
            Sample.Frame(5, length: 60),
            Sample.Frame(6, length: 9000),
        ];
        List<byte[]> received = _network.Run(() =>
        {
            using ILiveSource source = Open(type);
            NetworkNamespace.Put(sent);
            source.Stop();
            return source.Rest();
        });

        Assert.Equal(sent.Select(Convert.ToHexString), received.Select(Convert.ToHexString));
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void A_frame_says_when_it_came_and_how_long_it_was(LiveCaptureType type)
    {
        long before = Now();
        (long time, int length, int wire, KernelCounters counters) = _network.Run(() =>
        {
            using ILiveSource source = Open(type, options => options with { SnapLength = 100 });
            NetworkNamespace.Put([Sample.Frame(1, length: 1000)]);
            source.Stop();
            FrameRun run;
            while (source.TryRead(out run) && run.Count == 0)
            {
            }

            CapturedFrame frame = run.Block[run.Start];
            return (frame.Timestamp, frame.Bytes.Length, frame.WireLength, source.Counters);
        });

        Assert.InRange(time, before, Now());
        Assert.NotEqual(0, time % 1000 + time % 1_000_000);
        Assert.Equal((100, 1000, 1L), (length, wire, counters.Cut));
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void A_filter_takes_what_it_says_also_behind_a_tag(LiveCaptureType type)
    {
        byte[][] sent = [Sample.Frame(1), Sample.Tagged(Sample.Frame(2), (0x8100, 7)), Sample.Tagged(Sample.Frame(3), (0x8100, 8)), Sample.Tcp(4, 4, true)];
        List<byte[]> received = _network.Run(() =>
        {
            using ILiveSource source = Open(type, options => options with { Filter = "vlan 7 and udp" });
            NetworkNamespace.Put(sent);
            source.Stop();
            return source.Rest();
        });

        Assert.Equal(Convert.ToHexString(sent[1]), Convert.ToHexString(Assert.Single(received)));
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void What_is_no_filter_is_told(LiveCaptureType type)
    {
        LiveCaptureException failure = _network.Run(() => Assert.Throws<LiveCaptureException>(() => Open(type, options => options with { Filter = "tcp prot 443" })));
        Assert.Equal(LiveCaptureFailure.BadFilter, failure.Failure);
        Assert.Contains("tcp prot 443", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void Where_there_is_no_such_interface_those_that_there_are_are_told(LiveCaptureType type)
    {
        LiveCaptureException failure = _network.Run(() => Assert.Throws<LiveCaptureException>(() => Open(type, options => options with { Interface = "eth77" })));
        Assert.Equal(LiveCaptureFailure.NoSuchInterface, failure.Failure);
        Assert.Equal("no interface is named eth77; there are far0, lo, near0", failure.Message);
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void An_interface_that_is_down_is_told(LiveCaptureType type)
    {
        _network.Set(NetworkNamespace.Far, "down");
        LiveCaptureException failure = _network.Run(() => Assert.Throws<LiveCaptureException>(() => Open(type)));
        Assert.Equal(LiveCaptureFailure.Down, failure.Failure);
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void An_interface_that_goes_away_ends_the_capture_after_what_came_before(LiveCaptureType type)
    {
        (List<byte[]> frames, CaptureFault fault, KernelCounters counters) = _network.Run(() =>
        {
            using ILiveSource source = Open(type);
            NetworkNamespace.Put(Enumerable.Range(0, 100).Select(number => Sample.Frame(number)));
            _network.Unplug();
            List<byte[]> rest = source.Rest();
            return (rest, Assert.Single(source.Faults), source.Counters);
        });

        Assert.Equal(Enumerable.Range(0, 100), frames.Select(frame => Sample.NumberOf(frame)));
        Assert.Equal(NetworkNamespace.Far, fault.Path);
        Assert.Equal((100L, 0L), (counters.Received, counters.Dropped));
    }

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void What_this_host_sends_can_be_left_out(LiveCaptureType type)
    {
        List<byte[]> received = _network.Run(() =>
        {
            using ILiveSource source = Open(type, options => options with { Interface = NetworkNamespace.Near, IgnoreOutgoing = true });
            NetworkNamespace.Put([Sample.Frame(1)]);
            source.Stop();
            return source.Rest();
        });

        Assert.Empty(received);
    }

    [Fact]
    public void Nothing_is_allocated_per_frame_of_a_ring()
    {
        long bytes = _network.Run(() =>
        {
            using ILiveSource source = Open(LiveCaptureType.AfPacket, options => options with { BufferBytes = 64 << 20, Latency = TimeSpan.FromSeconds(1) });
            byte[][] frames = [.. Enumerable.Range(0, 1000).Select(number => Sample.Frame(number, length: 600))];
            for (int warm = 0; warm < 60; warm++)
            {
                NetworkNamespace.Put(frames);
            }

            // The first blocks make the index; it is used again.
            ReadBlocks(source, 40);
            return Allocations.Of(() => ReadBlocks(source, 8));
        });

        Assert.Equal(0, bytes);
    }

    private static void ReadBlocks(ILiveSource source, int blocks)
    {
        while (blocks > 0 && source.TryRead(out FrameRun run))
        {
            blocks -= run.Count > 0 ? 1 : 0;
            run.Block.Release();
        }
    }

    private static ILiveSource Open(LiveCaptureType type, Func<LiveCaptureOptions, LiveCaptureOptions>? change = null)
    {
        LiveCaptureOptions options = new() { Interface = NetworkNamespace.Far, Type = type };
        return new LiveCapture(change?.Invoke(options) ?? options).Open(0);
    }

    private static long Now() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
}
