using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Benchmarks.Tls.Sessions;

/// <summary>Per session, from its first byte to the end of the handshake. The tracker is a pooled one, the certificates are known.</summary>
public class TlsSessionTrackerBenchmarks
{
    private const int SegmentLength = 1400;

    private readonly TlsSessionTracker _tracker = new();
    private readonly byte[] _clientHello = SampleSession.ClientHello();
    private readonly Yardstick _yardstick = new(
        SampleSession.ClientHello(), SampleSession.Tls12ServerFlight, SampleSession.Tls12ClientFlight, SampleSession.Finished);

    private readonly byte[] _finished = SampleSession.Finished;

    [Benchmark(Baseline = true)]
    public long Copy() => _yardstick.Copy();

    [Benchmark]
    public long Tls12()
    {
        _tracker.Reset();
        Send(true, _clientHello);
        Send(false, SampleSession.Tls12ServerFlight);
        Send(true, SampleSession.Tls12ClientFlight);
        Send(false, _finished);
        return Finish();
    }

    [Benchmark]
    public long Tls13()
    {
        _tracker.Reset();
        Send(true, _clientHello);
        Send(false, SampleSession.Tls13ServerFlight);
        Send(true, SampleSession.Tls13ClientFlight);
        return Finish();
    }

    private void Send(bool fromOriginator, ReadOnlySpan<byte> flight)
    {
        while (!flight.IsEmpty)
        {
            int taken = Math.Min(SegmentLength, flight.Length);
            _tracker.OnBytes(fromOriginator, flight[..taken], time: 1);
            flight = flight[taken..];
        }
    }

    private long Finish()
    {
        _tracker.Finish();
        return _tracker.Session.Established ? 1 : throw new InvalidOperationException("the sample is no whole handshake");
    }
}
