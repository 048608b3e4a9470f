using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using TlsAppliance.Benchmarks.Samples;
using TlsAppliance.Events;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Benchmarks.Events;

/// <summary>Per event of a whole TLS 1.2 session whose two certificates are known.</summary>
public class TlsEventRendererBenchmarks : IDisposable
{
    private const int EventsTogether = 16;

    private readonly TlsSession _session = Session();
    private readonly ConnectionFacts _connection = Connection();
    private readonly EventBatch _batch = new(256 * 1024, 4);
    private readonly TlsEventRenderer _classic = new(new EventOptions());
    private readonly TlsEventRenderer _ecs = new(new EventOptions { Layout = EventLayout.Ecs });
    private readonly TlsEventRenderer _classicWithoutCertificates = new(new EventOptions { SendCertificates = false });
    private readonly TlsEventRenderer _ecsWithoutCertificates = new(new EventOptions { Layout = EventLayout.Ecs, SendCertificates = false });
    private readonly ArrayBufferWriter<byte> _text = new(256 * 1024);
    private readonly Utf8JsonWriter _writer;
    private readonly JsonDocument _document;

    public TlsEventRendererBenchmarks()
    {
        Classic();
        _document = JsonDocument.Parse(_batch.Document(0).ToArray());
        _writer = new Utf8JsonWriter(_text);
    }

    /// <summary>The runtime's JSON writer with the same document, its values at hand.</summary>
    [Benchmark(Baseline = true)]
    public long Utf8JsonWriter()
    {
        _text.ResetWrittenCount();
        _writer.Reset();
        _document.WriteTo(_writer);
        _writer.Flush();
        return _text.WrittenCount;
    }

    [Benchmark]
    public long Classic() => Render(_classic);

    [Benchmark]
    public long ClassicWithoutCertificates() => Render(_classicWithoutCertificates);

    [Benchmark]
    public long Ecs() => Render(_ecs);

    [Benchmark]
    public long EcsWithoutCertificates() => Render(_ecsWithoutCertificates);

    /// <summary>As under load: the identities of several events are made together.</summary>
    [Benchmark(OperationsPerInvoke = EventsTogether)]
    public long EcsManyTogether()
    {
        _batch.Clear();
        for (int i = 0; i < EventsTogether; i++)
        {
            _ecs.Render(_session, _connection, _batch);
        }

        return _batch.Bytes.Length;
    }

    private long Render(TlsEventRenderer renderer)
    {
        _batch.Clear();
        renderer.Render(_session, _connection, _batch);
        return _batch.Bytes.Length;
    }

    private static TlsSession Session()
    {
        TlsSessionTracker tracker = new();
        tracker.OnBytes(true, SampleSession.ClientHello(), time: 1_700_000_000_000_000_000);
        tracker.OnBytes(false, SampleSession.Tls12ServerFlight, time: 1_700_000_000_020_000_000);
        tracker.OnBytes(true, SampleSession.Tls12ClientFlight, time: 1_700_000_000_040_000_000);
        tracker.OnBytes(false, SampleSession.Finished, time: 1_700_000_000_060_000_000);
        tracker.Finish();
        return tracker.Session;
    }

    private static ConnectionFacts Connection()
    {
        FlowKey key = SampleFrames.Keys(1)[0];
        return new ConnectionFacts
        {
            Key = key,
            OriginatorIsLow = true,
            FirstFrameTime = 1_699_999_999_980_000_000,
            LastFrameTime = 1_700_000_000_060_000_000,
            OriginatorBytes = 1000,
            OriginatorPackets = 6,
            ResponderBytes = 4000,
            ResponderPackets = 6,
            OuterVlan = DecodedFrame.NoVlan,
            InnerVlan = DecodedFrame.NoVlan,
        };
    }

    public void Dispose()
    {
        _writer.Dispose();
        _document.Dispose();
        GC.SuppressFinalize(this);
    }
}
