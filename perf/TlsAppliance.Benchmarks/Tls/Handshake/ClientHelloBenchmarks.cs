using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Benchmarks.Tls.Handshake;

/// <summary>Per ClientHello of a browser.</summary>
public class ClientHelloBenchmarks
{
    private readonly byte[] _body = SampleSession.Client.ClientBody();
    private readonly byte[] _record = SampleSession.ClientHello();
    private readonly byte[] _held = new byte[2048];
    private readonly TlsSessionTracker _tracker = new();
    private readonly Yardstick _yardstick = new(SampleSession.ClientHello());

    [Benchmark(Baseline = true)]
    public long Copy() => _yardstick.Copy();

    /// <summary>The message alone, to its last extension.</summary>
    [Benchmark]
    public long Parse()
    {
        ClientHello.Read(_body, out ClientHello hello);
        long sum = 0;
        foreach (HeldExtension extension in hello.Extensions)
        {
            sum += extension.Body.Length;
        }

        return sum;
    }

    /// <summary>The message, and the part of it that is kept for the event.</summary>
    [Benchmark]
    public long Hold()
    {
        ClientHello.Read(_body, out ClientHello hello);
        return HeldHelloWriter.Write(hello, _held);
    }

    /// <summary>All that happens to the record: a session begins, and its hello is kept.</summary>
    [Benchmark]
    public long Track()
    {
        _tracker.Reset();
        return (long)_tracker.OnBytes(fromOriginator: true, _record, time: 1);
    }
}
