using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Tls.Records;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Benchmarks.Tls.Records;

/// <summary>Per flight of a TLS 1.2 server: four records.</summary>
public class RecordReaderBenchmarks
{
    private const int Half = 700;

    private readonly byte[] _flight = SampleSession.Tls12ServerFlight;
    private readonly Yardstick _yardstick = new(SampleSession.Tls12ServerFlight);

    [Benchmark(Baseline = true)]
    public long Copy() => _yardstick.Copy();

    [Benchmark]
    public long Whole()
    {
        RecordReader reader = default;
        return Read(ref reader, _flight);
    }

    /// <summary>Cut within a record, as segments do.</summary>
    [Benchmark]
    public long Cut()
    {
        RecordReader reader = default;
        return Read(ref reader, _flight.AsSpan(0, Half)) + Read(ref reader, _flight.AsSpan(Half));
    }

    private static long Read(ref RecordReader reader, ReadOnlySpan<byte> input)
    {
        long sum = 0;
        while (reader.Read(ref input, out RecordPiece piece) == ParseStatus.Complete)
        {
            sum += piece.Bytes.Length;
        }

        return sum;
    }
}
