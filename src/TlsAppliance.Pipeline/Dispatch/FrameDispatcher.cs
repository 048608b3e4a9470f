using System.Runtime.CompilerServices;
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
            foreach (LaneWriter lane in _lanes)
            {
                lane.TakeReturned();
            }

            Count(records);
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

    private void Count(ReadOnlySpan<FrameRecord> records)
    {
        long captured = 0, wire = 0;
        foreach (ref readonly FrameRecord record in records)
        {
            captured += record.Length;
            wire += record.WireLength;
        }

        Counters.Frames += records.Length;
        Counters.CapturedBytes += captured;
        Counters.WireBytes += wire;
    }

    /// <summary>What a frame is does not depend on those before it; what becomes of it does.</summary>
    private void Dispatch(ReadOnlySpan<FrameRecord> records, ReadOnlySpan<byte> buffer)
    {
        Span<ExaminedFrame> examined = _examined.AsSpan(0, records.Length);
        for (int i = 0; i < examined.Length; i++)
        {
            Examine(records[i], buffer, ref examined[i]);
        }

        for (int i = 0; i < examined.Length; i++)
        {
            if (_watermark.Advance(records[i].Timestamp))
            {
                Tick();
            }

            ref ExaminedFrame frame = ref examined[i];
            Counters.ByStatus[(int)frame.Status]++;
            if (frame.Status != DecodeStatus.Tcp)
            {
                DispatchOther(records[i], buffer, ref frame);
            }
            else if (!EndsHere(frame))
            {
                ReadOnlySpan<byte> bytes = buffer.Slice(records[i].Offset, records[i].Length);
                Forward(records[i], bytes, bytes, frame);
            }
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Identify(ref ExaminedFrame examined)
    {
        if (_displacement != 0)
        {
            Displace(ref examined);
        }

        examined.Hash = _hash.Compute(examined.Decoded.Key);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Displace(ref ExaminedFrame examined) =>
        examined.Decoded.Key = examined.Decoded.Key.Displaced(_displacement, ref examined.Decoded.SourceIsLow);

    /// <summary>True when the segment needs no reading, and was counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EndsHere(in ExaminedFrame examined)
    {
        if (!_ports.Admits(examined.Decoded.Key.LowPort, examined.Decoded.Key.HighPort))
        {
            Counters.FilteredByPort++;
            return true;
        }

        if (_shunt.Admit(examined.Hash, examined.Decoded.Flags, examined.Decoded.SequenceNumber))
        {
            Counters.Shunted++;
            return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forward(in FrameRecord record, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> bytes, in ExaminedFrame examined)
    {
        LaneWriter lane = LaneOf(examined.Hash);
        if (_overload is not null && !_overload.Admits(lane, examined.Hash, examined.Decoded, bytes))
        {
            return;
        }

        Counters.Forwarded++;
        var captured = new CapturedFrame(frame, record.Timestamp, record.WireLength, record.LinkType, record.Interface);
        lane.Add(captured, bytes, examined.Decoded, examined.Hash);
    }

    /// <summary>The upper half of the hash chooses the lane; the lower one chooses places in tables.</summary>
    private LaneWriter LaneOf(ulong hash) => _lanes[(int)((hash >> 32) * (ulong)_lanes.Length >> 32)];

    private void DispatchOther(in FrameRecord record, ReadOnlySpan<byte> buffer, ref ExaminedFrame examined)
    {
        if (examined.Status == DecodeStatus.Fragment)
        {
            DispatchFragment(record, buffer.Slice(record.Offset, record.Length), ref examined);
        }
    }

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
                if (!EndsHere(examined))
                {
                    Forward(record, frame, datagram, examined);
                }
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Tick()
    {
        _fragments.Expire(_watermark.Now);
        _shunt.Tick(_watermark.Now);
        foreach (LaneWriter lane in _lanes)
        {
            // Live, a shard that hangs holds nobody else: its next tick says all that this one would have said.
            if (_overload is null || lane.HasRoom())
            {
                lane.Mark(LaneEntryKind.Tick, _watermark.Now);
            }
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
        foreach (LaneWriter lane in _lanes)
        {
            lane.Segment = _segment;
        }

        _fragments.Expire(long.MaxValue);
        _shunt.Clear();
        _watermark = default;
        _displacement = _displacement < _displacementLimit ? _displacement + 1 : 0;
    }

    /// <summary>A mark would find room in every lane without waiting.</summary>
    public bool HasRoomForMarks => Array.TrueForAll(_lanes, lane => lane.HasRoom());

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
    }
}
