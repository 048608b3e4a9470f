using System.Buffers.Binary;
using System.Security.Cryptography;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Fragments;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Diagnostics;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline;

/// <summary>Drives one shard inline over recorded input: the simplest form of the engine, deterministic and single-threaded.</summary>
public sealed class ReplayPipeline
{
    /// <summary>A datagram from fragments may hold fragments again (tunnels in tunnels), but not without end.</summary>
    private const int MaximumNesting = 4;

    private readonly IEventSink _sink;
    private readonly Shard _shard;
    private readonly PortFilter _ports;
    private readonly FragmentReassembler _fragments;
    private readonly byte[] _datagram = new byte[ushort.MaxValue + 1];
    private Watermark _watermark;
    private DecodedFrame _decoded;
    private CancellationToken _cancellation;

    public ReplayPipeline(PipelineOptions options, IEventSink sink, IFrameRecorder? recorder = null)
    {
        _sink = sink;
        _ports = new PortFilter(options.Ports);
        _fragments = new FragmentReassembler(options.Fragments);
        FlowHash hash = new(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        _shard = new Shard(options, hash, Counters, Deliver, recorder);
    }

    /// <summary>Live view; safe to read while running, but for <see cref="PipelineCounters.Named"/>.</summary>
    public PipelineCounters Counters { get; } = new();

    /// <summary>It takes no snapshots and supervises nothing.</summary>
    public PipelineStatus Status => new(() => Counters, () => null, () => { }, []);

    internal Shard Shard => _shard;

    /// <summary>Reads the source to its end (or until cancelled: then no open session is published). Faults of the sink are the caller's.</summary>
    public void Run(ICaptureSource source, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        try
        {
            while (!cancellationToken.IsCancellationRequested && source.TryRead(out FrameRun run))
            {
                Process(run);
            }

            Finish(cancellationToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sink was busy when the user stopped: what it had not taken is not written.
        }

        CopyNamedCounters();
    }

    private void Process(in FrameRun run)
    {
        try
        {
            for (int index = run.Start; index < run.Start + run.Count; index++)
            {
                Process(run.Block[index]);
            }
        }
        finally
        {
            run.Block.Release();
        }

        if (run.EndsSegment)
        {
            EndSegment();
        }
    }

    private void Process(in CapturedFrame frame)
    {
        Counters.Frames++;
        Counters.CapturedBytes += frame.Bytes.Length;
        Counters.WireBytes += frame.WireLength;
        if (_watermark.Advance(frame.Timestamp))
        {
            _fragments.Expire(_watermark.Now);
            _shard.Tick(_watermark.Now);
        }

        DecodeStatus status = FrameDecoder.Decode(frame.Bytes, frame.LinkType, ref _decoded);
        Counters.ByStatus[(int)status]++;
        if (status == DecodeStatus.Tcp)
        {
            ProcessSegment(frame, frame.Bytes);
        }
        else if (status == DecodeStatus.Fragment)
        {
            ProcessFragment(frame);
        }
    }

    private void ProcessSegment(in CapturedFrame frame, ReadOnlySpan<byte> bytes)
    {
        if (!_ports.Admits(_decoded.Key.LowPort, _decoded.Key.HighPort))
        {
            Counters.FilteredByPort++;
            return;
        }

        _shard.Process(frame, _decoded, bytes.Slice(_decoded.PayloadOffset, _decoded.PayloadLength));
    }

    private void ProcessFragment(in CapturedFrame frame)
    {
        ReadOnlySpan<byte> bytes = frame.Bytes;
        for (int nesting = 0; nesting < MaximumNesting; nesting++)
        {
            FragmentHeader header = _decoded.Fragment;
            ReadOnlySpan<byte> data = bytes.Slice(header.DataOffset, header.DataLength);
            if (_fragments.Add(header, data, Math.Max(frame.Timestamp, _watermark.Now), out ReadOnlySpan<byte> datagram) != FragmentOutcome.Completed)
            {
                return;
            }

            DecodeStatus status = FrameDecoder.DecodeDatagram(datagram, header, ref _decoded);
            if (status == DecodeStatus.Tcp)
            {
                Counters.DefragmentedSegments++;
                ProcessSegment(frame, datagram);
            }

            if (status != DecodeStatus.Fragment)
            {
                return;
            }

            // The next call to the reassembler may reuse the datagram's buffer.
            datagram.CopyTo(_datagram);
            bytes = _datagram.AsSpan(0, datagram.Length);
        }
    }

    private void EndSegment()
    {
        _shard.EndSegment();
        _fragments.Expire(long.MaxValue);
        _watermark = default;
    }

    private void Finish(bool cancelled)
    {
        if (cancelled)
        {
            _cancellation = CancellationToken.None;
            _shard.Flush();
            return;
        }

        EndSegment();
    }

    /// <summary>A replay waits for its sink.</summary>
    private void Deliver(EventBatch batch)
    {
        int count = batch.Count;
        ValueTask written = _sink.WriteAsync(batch, _cancellation);
        if (!written.IsCompletedSuccessfully)
        {
            written.AsTask().GetAwaiter().GetResult();
        }

        Counters.Delivered += count;
    }

    private void CopyNamedCounters()
    {
        _shard.CopyNamedCounters(Counters.Named);
        _fragments.CopyNamedCounters(Counters.Named);
    }
}
