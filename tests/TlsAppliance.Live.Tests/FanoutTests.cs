using TlsAppliance.Capture.Live;
using TlsAppliance.Live.Tests.Wire;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Live.Tests;

public sealed class FanoutTests : IDisposable
{
    private const int Flows = 16_000;

    /// <summary>Nobody reads while they are sent: at the usual latency a slow sender would use up the rings with blocks that are not full.</summary>
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(300);

    private readonly NetworkNamespace _network = NetworkNamespace.Create();

    public void Dispose() => _network.Dispose();

    [Theory]
    [ClassData(typeof(CaptureTypes))]
    public void Two_threads_split_no_flow_of_16_000(LiveCaptureType type)
    {
        HashSet<string>[] seen = _network.Run(() =>
        {
            var capture = new LiveCapture(new LiveCaptureOptions { Interface = NetworkNamespace.Far, Type = type, Threads = 2, Latency = s_latency });
            using ILiveSource first = capture.Open(0), second = capture.Open(1);
            NetworkNamespace.Put(Enumerable.Range(0, Flows).SelectMany(BothDirections));
            ILiveSource[] sources = [first, second];
            Array.ForEach(sources, source => source.Stop());
            return sources.Select(source => source.Rest().Select(FlowOf).ToHashSet()).ToArray();
        });

        Assert.Empty(seen[0].Intersect(seen[1]));
        Assert.Equal(Flows, seen[0].Count + seen[1].Count);
        Assert.InRange(seen[0].Count, Flows * 0.4, Flows * 0.6);
    }

    /// <summary>A connection in the clear or behind one or two tags, by its number; four segments, two of each side.</summary>
    private static IEnumerable<byte[]> BothDirections(int number)
    {
        for (int segment = 0; segment < 4; segment++)
        {
            byte[] frame = Sample.Tcp(number, number / 7, fromClient: segment % 2 == 0);
            yield return (number % 3) switch
            {
                0 => frame,
                1 => Sample.Tagged(frame, (0x8100, 5)),
                _ => Sample.Tagged(frame, (0x88A8, 6), (0x8100, 7)),
            };
        }
    }

    private static string FlowOf(byte[] frame)
    {
        ReadOnlySpan<byte> ip = frame.AsSpan(frame.Length - 50);
        string a = Convert.ToHexString(ip[12..16]) + Convert.ToHexString(ip[20..22]);
        string b = Convert.ToHexString(ip[16..20]) + Convert.ToHexString(ip[22..24]);
        return string.CompareOrdinal(a, b) < 0 ? a + b : b + a;
    }
}
