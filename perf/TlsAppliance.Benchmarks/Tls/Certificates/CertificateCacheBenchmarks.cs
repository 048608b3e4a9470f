using BenchmarkDotNet.Attributes;
using TlsAppliance.Testing.Certificates;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Benchmarks.Tls.Certificates;

/// <summary>Per certificate of a few that are all known.</summary>
public class CertificateCacheBenchmarks
{
    private const int Certificates = 16;

    private readonly byte[][] _certificates = [.. SampleCertificates.All.Values.Take(Certificates)];
    private readonly CertificateCache _cache = new();

    /// <summary>What a hit saves.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Certificates)]
    public long Read()
    {
        long sum = 0;
        foreach (byte[] der in _certificates)
        {
            sum += CertificateReader.Read((ReadOnlyMemory<byte>)der).Version;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Certificates)]
    public long Hit()
    {
        long sum = 0;
        foreach (byte[] der in _certificates)
        {
            sum += _cache.GetOrAdd(der).Version;
        }

        return sum;
    }
}
