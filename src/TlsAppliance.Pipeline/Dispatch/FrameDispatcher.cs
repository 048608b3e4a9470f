using System.Runtime.InteropServices;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Fragments;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Lanes;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Dispatch;

/// <summary>
/// The ordered stage: looks at every frame once, in the order of the time line, and decides where it goes. Most frames end here: they are no TCP, or
/// of a connection that needs no more reading. It owns packet time, fragments and shunt. One thread.
/// </summary>
internal sealed class FrameDispatcher
{
    /// <summary>A datagram from fragments may hold fragments again (tunnels in tunnels), but not without end.</summary>
    private const int MaximumNesting = 4;

    /// <summary>Connections whose shunt is remembered: 16 MiB.</summary>
    private const int ShuntedConnections = 1 << 20;

    /// <summary>Frames whose headers are read before the first of them is looked up, so that their lines of the shunt table are on their way by then.</summary>
    private const int Lookahead = 16;

    private readonly LaneWriter[] _lanes;
    private readonly FlowHash _hash;
    private readonly PortFilter _ports;
    private readonly FragmentReassembler _fragments;
    private readonly ShuntTable _shunt;

    /// <summary>Live only: a replay waits.</summary>
    private readonly Overload? _overload;
    private readonly byte[] _datagram = new byte[ushort.MaxValue + 1];
    private readonly int _displacementLimit;
    private readonly ExaminedFrame[] _examined = new ExaminedFrame[Lookahead];
    private Watermark _watermark;
    private int _displacement;
    private int _segment;

    public FrameDispatcher(PipelineOptions options, FlowHash hash, LaneWriter[] lanes, ISourcePressure? pressure = null)
    {
        _lanes = lanes;
        _hash = hash;
        _ports = new PortFilter(options.Ports);
        _fragments = new FragmentReassembler(options.Fragments);
        _shunt = new ShuntTable(ShuntedConnections, options.Flows.Timeouts.Settled.Ticks * TimeSpan.NanosecondsPerTick);
        _displacementLimit = options.UniqueFlows ? int.MaxValue : 0;
        _overload = pressure is null ? null : new Overload(_shunt, pressure, Counters, Flush);
        foreach (LaneWriter lane in lanes)
        {
            lane.OnReturned = TakeFinished;
        }
    }

    public PipelineCounters Counters { get; } = new();

    /// <summary>Packet time, ns since 1970; 0 before the first frame.</summary>
    public long Now => _watermark.Now;

    /// <summary>Bounds and failures of fragment reassembly.</summary>
    public FragmentReassembler Fragments => _fragments;

    public void Dispatch(in FrameRun run)
    {
        FrameBlock block = run.Block;
        ReadOnlySpan<FrameRecord> records = block.Records.Slice(run.Start, run.Count);
        ReadOnlySpan<byte> buffer = block.Bytes;
        try
        {
            for (int start = 0; start < records.Length; start += Lookahead)
            {
                Dispatch(records.Slice(start, Math.Min(Lookahead, records.Length - start)), buffer);
            }
        }
        finally
        {
            block.Release();
        }

        if (run.EndsSegment)
        {
            EndSegment();
        }
    }

    /// <summary>What a frame is does not depend on those before it; what becomes of it does.</summary>
    private void Dispatch(ReadOnlySpan<FrameRecord> records, ReadOnlySpan<byte> buffer)
    {
        for (int i = 0; i < records.Length; i++)
        {
            Examine(records[i], buffer, ref _examined[i]);
        }

        for (int i = 0; i < records.Length; i++)
        {
            Dispatch(records[i], buffer, ref _examined[i]);
        }
    }

    private void Examine(in FrameRecord record, ReadOnlySpan<byte> buffer, ref ExaminedFrame examined)
    {
        examined.Status = FrameDecoder.Decode(buffer.Slice(record.Offset, record.Length), record.LinkType, ref examined.Decoded);
        if (examined.Status == DecodeStatus.Tcp)
        {
            Identify(ref examined);
            _shunt.Prefetch(examined.Hash);
        }
    }

    private void Identify(ref ExaminedFrame examined)
    {
        if (_displacement != 0)
        {
            examined.Decoded.Key = examined.Decoded.Key.Displaced(_displacement, ref examined.Decoded.SourceIsLow);
        }

        examined.Hash = _hash.Compute(examined.Decoded.Key);
    }

    private void Dispatch(in FrameRecord record, ReadOnlySpan<byte> buffer, ref ExaminedFrame examined)
    {
        Counters.Frames++;
        Counters.CapturedBytes += record.Length;
        Counters.WireBytes += record.WireLength;
        if (_watermark.Advance(record.Timestamp))
        {
            Tick();
        }

        ReadOnlySpan<byte> bytes = buffer.Slice(record.Offset, record.Length);
        Counters.ByStatus[(int)examined.Status]++;
        if (examined.Status == DecodeStatus.Tcp)
        {
            DispatchSegment(record, bytes, bytes, examined);
        }
        else if (examined.Status == DecodeStatus.Fragment)
        {
            DispatchFragment(record, bytes, ref examined);
        }
    }

    private void DispatchSegment(in FrameRecord record, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> bytes, in ExaminedFrame examined)
    {
        ref readonly DecodedFrame decoded = ref examined.Decoded;
        ulong hash = examined.Hash;
        if (!_ports.Admits(decoded.Key.LowPort, decoded.Key.HighPort))
        {
            Counters.FilteredByPort++;
            return;
        }

        if (_shunt.Admit(hash, decoded.Flags, decoded.SequenceNumber))
        {
            Counters.Shunted++;
            return;
        }

        LaneWriter lane = LaneOf(hash);
        if (_overload is not null && !_overload.Admits(lane, hash, decoded, bytes))
        {
            return;
        }

        Counters.Forwarded++;
        var captured = new CapturedFrame(frame, record.Timestamp, record.WireLength, record.LinkType, record.Interface);
        lane.Add(captured, bytes, decoded, hash);
    }

    /// <summary>The upper half of the hash chooses the lane; the lower one chooses places in tables.</summary>
    private LaneWriter LaneOf(ulong hash) => _lanes[(int)((hash >> 32) * (ulong)_lanes.Length >> 32)];

    private void DispatchFragment(in FrameRecord record, ReadOnlySpan<byte> frame, ref ExaminedFrame examined)
    {
        ReadOnlySpan<byte> bytes = frame;
        for (int nesting = 0; nesting < MaximumNesting; nesting++)
        {
            FragmentHeader header = examined.Decoded.Fragment;
            ReadOnlySpan<byte> data = bytes.Slice(header.DataOffset, header.DataLength);
            if (_fragments.Add(header, data, Math.Max(record.Timestamp, _watermark.Now), out ReadOnlySpan<byte> datagram) != FragmentOutcome.Completed)
            {
                return;
            }

            DecodeStatus status = FrameDecoder.DecodeDatagram(datagram, header, ref examined.Decoded);
            if (status == DecodeStatus.Tcp)
            {
                Counters.DefragmentedSegments++;
                Identify(ref examined);
                DispatchSegment(record, frame, datagram, examined);
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

    private void Tick()
    {
        _fragments.Expire(_watermark.Now);
        _shunt.Tick(_watermark.Now);
        foreach (LaneWriter lane in _lanes)
        {
            lane.Mark(LaneEntryKind.Tick, _watermark.Now);
        }
    }

    /// <summary>Nothing came for so long (ns): packet time goes on by itself.</summary>
    /// <param name="elapsed">Nanoseconds since frames were dispatched, or since this was called.</param>
    /// <param name="clock">Where packet time begins if there was no frame yet, ns since 1970.</param>
    public void Pass(long elapsed, long clock)
    {
        if (_watermark.Advance(_watermark.Now == 0 ? clock : Math.Max(_watermark.Now, 0) + Math.Min(elapsed, (long)Watermark.MaximumLead)))
        {
            Tick();
        }
    }

    /// <summary>The time line ends: open sessions are published, and clock and tables start anew.</summary>
    public void EndSegment()
    {
        Mark(LaneEntryKind.EndSegment, 0);
        _segment++;
        _fragments.Expire(long.MaxValue);
        _shunt.Clear();
        _watermark = default;
        _displacement = _displacement < _displacementLimit ? _displacement + 1 : 0;
    }

    /// <summary>Puts a mark into every lane, in frame order.</summary>
    public void Mark(LaneEntryKind kind, long value)
    {
        foreach (LaneWriter lane in _lanes)
        {
            lane.Mark(kind, value);
            lane.Flush();
        }
    }

    /// <summary>Sends what is collected; called when the source may keep us waiting.</summary>
    public void Flush()
    {
        foreach (LaneWriter lane in _lanes)
        {
            lane.Flush();
        }
    }

    /// <summary>A frame whose headers were read, and what its connection is known by.</summary>
    private struct ExaminedFrame
    {
        public DecodedFrame Decoded;
        public ulong Hash;
        public DecodeStatus Status;
    }

    /// <summary>What a batch of an earlier segment says is over; the same connection may be open again in this one.</summary>
    private void TakeFinished(FrameBatch batch)
    {
        if (batch.Segment == _segment)
        {
            foreach (ref readonly FinishedFlow finished in CollectionsMarshal.AsSpan(batch.Finished))
            {
                _shunt.Finish(finished);
            }
        }

        batch.Clear();
        batch.Segment = _segment;
    }
}
