using TlsAppliance.Capture.Live;
using TlsAppliance.Capture.Live.Filters;
using TlsAppliance.Live.Tests.Wire;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Live.Tests;

public sealed class PortExpressionTests : IDisposable
{
    private readonly NetworkNamespace _network = NetworkNamespace.Create();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void No_ports_are_no_filter() => Assert.Equal("", PortExpression.For([]));

    [Fact]
    public void Takes_the_ports_fragments_and_tunnels_behind_any_tags_and_leaves_the_rest()
    {
        byte[] wanted = Sample.Tcp(1, 1, true), other = Sample.Tcp(2, 2, true, serverPort: 80), udp = Sample.Frame(3);
        byte[] gre = Protocol(other, 47), ipInIp = Protocol(other, 4), fragment = [.. other], vxlan = Protocol(Sample.Tcp(4, 4, true, serverPort: 4789), 17);
        fragment[21] = 100;
        byte[] mpls = [.. other];
        (mpls[12], mpls[13]) = (0x88, 0x47);
        byte[][] taken = [wanted, gre, ipInIp, fragment, vxlan, mpls];
        byte[][] sent =
        [
            .. taken,
            .. taken.Select(frame => Sample.Tagged(frame, (0x8100, 7))),
            .. taken.Select(frame => Sample.Tagged(frame, (0x88A8, 6), (0x8100, 7))),
            other, udp,
            Sample.Tagged(other, (0x8100, 7)), Sample.Tagged(udp, (0x8100, 7)),
            Sample.Tagged(other, (0x88A8, 6), (0x8100, 7)),
        ];
        List<byte[]> received = _network.Run(() =>
        {
            var options = new LiveCaptureOptions { Interface = NetworkNamespace.Far, Filter = PortExpression.For([443, 8443]) };
            using ILiveSource source = new LiveCapture(options).Open(0);
            NetworkNamespace.Put(sent);
            source.Stop();
            return source.Rest();
        });

        Assert.Equal(sent[..(3 * taken.Length)].Select(Convert.ToHexString), received.Select(Convert.ToHexString));
    }

    private static byte[] Protocol(byte[] frame, byte protocol)
    {
        byte[] changed = [.. frame];
        changed[23] = protocol;
        return changed;
    }
}
