using BenchmarkDotNet.Attributes;
using PacketDotNet;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Benchmarks.Network.Frames;

/// <summary>Per frame: from its bytes to the TCP payload.</summary>
public class FrameDecoderBenchmarks
{
    private readonly byte[][] _plain = SampleFrames.Plain;
    private readonly byte[][] _tunnelled = SampleFrames.Tunnelled;
    private DecodedFrame _decoded;

    /// <summary>The same facts from the library that .NET programs use for this.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = SampleFrames.Count)]
    public long PacketDotNet()
    {
        long sum = 0;
        foreach (byte[] frame in _plain)
        {
            TcpPacket tcp = Packet.ParsePacket(LinkLayers.Ethernet, frame).Extract<TcpPacket>();
            sum += tcp.SourcePort + tcp.SequenceNumber + tcp.PayloadDataSegment.Length;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = SampleFrames.Count)]
    public long Decode() => Decode(_plain);

    [Benchmark(OperationsPerInvoke = SampleFrames.Count)]
    public long DecodeTunnelled() => Decode(_tunnelled);

    private long Decode(byte[][] frames)
    {
        long sum = 0;
        foreach (byte[] frame in frames)
        {
            DecodeStatus status = FrameDecoder.Decode(frame, LinkType.Ethernet, ref _decoded);
            sum += (int)status + _decoded.Key.LowPort + _decoded.SequenceNumber + _decoded.PayloadLength;
        }

        return sum;
    }
}
