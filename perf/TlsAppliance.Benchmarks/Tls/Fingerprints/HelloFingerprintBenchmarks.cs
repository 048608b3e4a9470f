using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Tls.Fingerprints;
using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Benchmarks.Tls.Fingerprints;

/// <summary>Per fingerprint of a browser's ClientHello.</summary>
public class HelloFingerprintBenchmarks
{
    private readonly byte[] _hello = SampleSession.Client.ClientBody();
    private readonly byte[] _held;
    private readonly byte[] _text = new byte[1024];

    public HelloFingerprintBenchmarks()
    {
        ClientHello.Read(_hello, out ClientHello hello);
        _held = new byte[HeldHelloWriter.MaxLength(hello)];
        Array.Resize(ref _held, HeldHelloWriter.Write(hello, _held));
    }

    /// <summary>A digest alone, of the hello as it stands.</summary>
    [Benchmark(Baseline = true)]
    public long Sha256() => SHA256.HashData(_hello, _text);

    [Benchmark]
    public long Ja3Hash() => Ja3.WriteHash(new HeldHello(_held), _text);

    [Benchmark]
    public long Ja3Text() => Ja3.WriteText(new HeldHello(_held), _text);

    [Benchmark]
    public long Ja4Hash() => Ja4.Write(new HeldHello(_held), Ja4Form.Hash, _text);
}
