using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Benchmarks.Network.Reassembly;

/// <summary>Per segment of 1,400 bytes.</summary>
public class StreamReassemblerBenchmarks
{
    private const int Segments = 64;
    private const int Length = 1400;

    private static readonly int[] Ordered = [.. Enumerable.Range(0, Segments)];

    /// <summary>Each pair of segments in the wrong order.</summary>
    private static readonly int[] Swapped = [.. Ordered.Select(number => number ^ 1)];

    /// <summary>Each segment of the first half twice.</summary>
    private static readonly int[] Repeated = [.. Ordered.Select(number => number / 2)];

    private readonly StreamReassembler _reassembler = new(new ReassemblyOptions());
    private readonly byte[] _payload = new byte[Length];
    private readonly Yardstick _yardstick = new(Enumerable.Repeat(new byte[Length], Segments));

    [Benchmark(Baseline = true, OperationsPerInvoke = Segments)]
    public long Copy() => _yardstick.Copy();

    [Benchmark(OperationsPerInvoke = Segments)]
    public long InOrder() => Accept(Ordered);

    [Benchmark(OperationsPerInvoke = Segments)]
    public long PairsSwapped() => Accept(Swapped);

    [Benchmark(OperationsPerInvoke = Segments)]
    public long EachTwice() => Accept(Repeated);

    private long Accept(int[] order)
    {
        StreamState stream = default;
        ByteCounter counter = default;
        _reassembler.Place(ref stream, default);
        foreach (int number in order)
        {
            TcpSegment segment = new(new TcpSequence((uint)(number * Length)), _payload, missing: 0, fin: false, time: 0);
            _reassembler.Accept(ref stream, segment, ref counter);
        }

        return counter.Bytes;
    }
}
