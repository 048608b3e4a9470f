using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Live;
using TlsAppliance.Live.Tests.Wire;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline;
using TlsAppliance.Pipeline.Capture;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Testing;

namespace TlsAppliance.Live.Tests;

/// <summary>
/// Captures of the shared corpus and of our own, put on a wire: the same events as a replay of these frames gives, times and ids aside. What does not go over an Ethernet is left
/// out of both, and both see the frames right behind each other.
/// </summary>
public sealed class CorpusOnTheWireTests : IDisposable
{
    /// <summary>In every run one capture of so many; all of them when the environment asks for it.</summary>
    private const int Part = 8;

    private const int ShortestFrame = 14;

    /// <summary>Short, because each capture waits for it at its end; but a ring of partly filled blocks still bridges five seconds in which nobody reads.</summary>
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(20);

    private const int RingBytes = 64 << 20;

    /// <summary>
    /// Tunnels of which the kernel's hash sees only the outside, another one for each direction: the two threads then have one direction each, and which of them comes first is
    /// chance. See the README of the room.
    /// </summary>
    private static readonly string[] s_splitByKernel = ["vxlan.pcap", "tls_sgt.pcap"];

    private readonly NetworkNamespace _network = NetworkNamespace.Create();

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData(LiveCaptureType.AfPacket, 1)]
    [InlineData(LiveCaptureType.Pcap, 1)]
    [InlineData(LiveCaptureType.AfPacket, 2)]
    [InlineData(LiveCaptureType.Pcap, 2)]
    public void The_wire_gives_the_events_of_the_file(LiveCaptureType type, int threads)
    {
        int offset = 2 * (threads - 1) + (type == LiveCaptureType.Pcap ? 1 : 0);
        string[] files = [.. Captures().Where(file => threads == 1 || !s_splitByKernel.Contains(Path.GetFileName(file))).Where((_, index) => Soak.IsOn || index % Part == offset)];
        List<string> different = [];
        int events = 0;
        foreach (string file in files)
        {
            byte[][] frames = [.. Frames(file)];
            if (frames.Length == 0 || (threads > 1 && frames.Any(IsFragmentOfIpv6)))
            {
                continue;
            }

            string[] expected = Replay(frames);
            (string[] live, AccountingSnapshot snapshot) = OnTheWire(frames, type, threads);
            Assert.All(snapshot.Residuals, residual => Assert.True(residual.Value == 0, $"{file}: {residual.Name} {residual.Value}"));
            Assert.Equal(0, snapshot.Kernel.Dropped);
            events += expected.Length;
            if (!expected.SequenceEqual(live))
            {
                different.Add(Difference(file, expected, live));
            }
        }

        Assert.True(different.Count == 0, string.Join(Environment.NewLine, different));
        Assert.True(events > files.Length / 2, $"{events} events of {files.Length} captures");
    }

    private static IEnumerable<string> Captures()
    {
        string?[] roots = [RepositoryRoot.Combine("replay-corpus"), SharedMaterial.Find(out _, "corpus", "pcaps")];
        return CaptureInputs.Resolve([.. roots.OfType<string>()]).Files.Select(file => file.Path).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<byte[]> Frames(string file)
    {
        using var source = new MergedCaptureSource(CaptureInputs.Resolve([file]));
        while (source.TryRead(out FrameRun run))
        {
            for (int index = run.Start; index < run.Start + run.Count; index++)
            {
                CapturedFrame frame = run.Block[index];
                if (frame.LinkType == LinkType.Ethernet && frame.Bytes.Length is > ShortestFrame and <= NetworkNamespace.Mtu)
                {
                    yield return frame.Bytes.ToArray();
                }
            }

            run.Block.Release();
        }
    }

    /// <summary>The kernel puts only fragments of IPv4 together before it chooses a thread: a connection that is partly in those of IPv6 is split as by a tunnel.</summary>
    private static bool IsFragmentOfIpv6(byte[] frame)
    {
        const int typeAt = 12, nextHeaderAt = 20, fragment = 44;
        return frame.Length > nextHeaderAt && frame[typeAt] == 0x86 && frame[typeAt + 1] == 0xDD && frame[nextHeaderAt] == fragment;
    }

    private static string[] Replay(byte[][] frames)
    {
        using var events = new TimelessEvents();
        using var source = new FramesOnFile(frames);
        new ReplayPipeline(new PipelineOptions(), events).Run(source, CancellationToken.None);
        return events.Sorted;
    }

    private (string[] Events, AccountingSnapshot Snapshot) OnTheWire(byte[][] frames, LiveCaptureType type, int threads)
    {
        var capture = new LiveCapture(new LiveCaptureOptions { Interface = NetworkNamespace.Far, Type = type, Threads = threads, BufferBytes = RingBytes, Latency = s_latency });
        ILiveSource[] sources = _network.Run(() => Enumerable.Range(0, threads).Select(capture.Open).ToArray());
        using var events = new TimelessEvents();
        AppliancePipeline pipeline = AppliancePipeline.ForInterfaces(
            new PipelineOptions { Shards = 2 }, events, [.. sources.Select((source, thread) => new LiveInput(NetworkNamespace.Far, thread, () => source))]);
        using var stop = new CancellationTokenSource();
        Task run = Task.Factory.StartNew(() => pipeline.RunLive(stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _network.Send(frames);

        // What was sent is in the rings, and a stop reads these to their end.
        stop.Cancel();
        run.GetAwaiter().GetResult();
        return (events.Sorted, pipeline.LatestSnapshot!);
    }

    private static string Difference(string file, string[] expected, string[] live)
    {
        string text = $"{file}: {expected.Length} events of the file, {live.Length} of the wire";
        if (expected.Except(live).FirstOrDefault() is not { } missing || live.Except(expected).FirstOrDefault() is not { } other)
        {
            return text;
        }

        SortedDictionary<string, string> fields = FlatEvent.Parse(missing), others = FlatEvent.Parse(other);
        IEnumerable<string> names = fields.Keys.Union(others.Keys).Where(name => fields.GetValueOrDefault(name) != others.GetValueOrDefault(name));
        return text + string.Concat(names.Take(5).Select(name => $"{Environment.NewLine}  {name}: {fields.GetValueOrDefault(name)} / {others.GetValueOrDefault(name)}"));
    }
}
