using TlsAppliance.Capture.Live.Filters;
using TlsAppliance.Capture.Live.Native;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>
/// A ring of blocks that the kernel fills with frames (packet(7), TPACKET_V3). A block is handed over where it lies and goes back to the kernel when it is released: no copy, and nothing
/// allocated per frame.
/// </summary>
internal sealed unsafe class PacketRing : ILiveSource
{
    private const uint OfKernel = 0, OfUser = 1;

    /// <summary>The block was handed over because its time was over, not because it was full.</summary>
    private const uint TimedOut = 1 << 5;
    private const uint CanFreeze = 0;

    /// <summary>Nobody waits longer for a frame that does not come.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    /// <summary>When nothing more is let in, a processor may still have one frame in its hands for so long.</summary>
    private static readonly TimeSpan LastFrame = TimeSpan.FromMilliseconds(10);

    /// <summary>A block that has frames in it is handed over when the latency is over; on a busy machine, later.</summary>
    private static readonly TimeSpan LastBlock = TimeSpan.FromSeconds(2);

    /// <summary>While blocks come full, the reader sleeps so much of the latency before it looks again: to be woken for every block costs more than to read it.</summary>
    private const int PausesPerLatency = 4;

    /// <summary>It sleeps only when what came since the last sleep was less than this share of the ring.</summary>
    private const int RingPerPause = 16;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    private readonly string _name;
    private readonly PacketSocket _socket;
    private readonly RingGeometry _geometry;
    private readonly byte* _ring;
    private readonly BorrowedMemory[] _blocks;
    private readonly Stack<FrameBlock> _free = new();
    private readonly Queue<FrameBlock> _read = new(RingWalk.SideBySide);
    private readonly RingWalk _walk;
    private readonly TimeSpan _pause;
    private readonly Action<FrameBlock> _recycle;
    private readonly TimeSpan _lastBlockWait;
    private readonly InterfaceLoss? _loss;
    private readonly Lock _statistics = new();
    private readonly List<CaptureFault> _faults = [];
    private long _next, _nextAtPause;
    private bool _isBusy;
    private long _bytesRead, _cut;
    private KernelCounters _counters;
    private bool _isEnding, _hasEnded, _isClosed;

    private PacketRing(PacketSocket socket, LiveCaptureOptions options, RingGeometry geometry, byte* ring, ushort captureInterface, bool countsInterface)
    {
        _ring = ring;
        (_socket, _geometry, _name) = (socket, geometry, options.Interface);
        _walk = new RingWalk(LinkTypeOf(options.Interface), captureInterface);
        _pause = options.Latency / PausesPerLatency;
        _blocks = [.. Enumerable.Range(0, geometry.Blocks).Select(NewMemory)];
        _lastBlockWait = options.Latency + LastBlock;
        _loss = countsInterface ? new InterfaceLoss(options.Interface) : null;
        _recycle = Recycle;
    }

    public bool IsPressed => IsReady(_next + _geometry.Blocks / 2);

    public bool MayWait => !IsReady(_next);

    public long BytesRead => Volatile.Read(ref _bytesRead);

    public long BytesTotal => -1;

    public IReadOnlyList<CaptureFault> Faults => _faults;

    public KernelCounters Counters
    {
        get
        {
            lock (_statistics)
            {
                if (!_isClosed)
                {
                    RingStatistics since = _socket.TakeStatistics();
                    _counters = new KernelCounters(
                        _counters.Received + since.Packets,
                        _counters.Dropped + since.Drops,
                        _counters.Freezes + since.Freezes,
                        _loss?.Total ?? 0,
                        Volatile.Read(ref _cut));
                }

                return _counters;
            }
        }
    }

    /// <summary>Opens an interface, as one of <see cref="LiveCaptureOptions.Threads"/> captures of it.</summary>
    /// <param name="options">How.</param>
    /// <param name="fanout">The group that the captures of the interface share; null for a single one.</param>
    /// <param name="captureInterface">Ordinal of the interface, for <see cref="FrameRecord.Interface"/>.</param>
    /// <param name="countsInterface">Whether the interface's own losses are this capture's to tell.</param>
    public static PacketRing Open(LiveCaptureOptions options, FanoutGroup? fanout, ushort captureInterface, bool countsInterface)
    {
        string name = options.Interface;
        uint index = Libc.InterfaceIndex(name);
        if (index == 0)
        {
            throw LiveCaptureFailures.NoSuchInterface(name);
        }

        if (!NetworkInterfaces.IsUp(name))
        {
            throw LiveCaptureFailures.IsDown(name);
        }

        _ = LinkTypeOf(name);
        RingGeometry geometry = RingGeometry.For(options.BufferBytes, options.SnapLength);
        PacketSocket socket = PacketSocket.Open(name);
        byte* ring = null;
        try
        {
            Configure(socket, options, (int)index);
            ring = Map(socket, geometry, options);
            socket.Attach(CaptureFilter.Nothing);
            socket.Bind((int)index);
            fanout?.Join(socket);
            socket.Attach(CaptureFilter.Compile(options.Filter, name, options.SnapLength));
            return new PacketRing(socket, options, geometry, ring, captureInterface, countsInterface);
        }
        catch
        {
            if (ring is not null)
            {
                _ = Libc.Unmap(ring, (nuint)geometry.TotalBytes);
            }

            socket.Dispose();
            throw;
        }
    }

    public bool TryRead(out FrameRun run)
    {
        run = default;
        while (!_hasEnded)
        {
            if (IsReady(_next))
            {
                run = Take();
                return true;
            }

            if (MayPause())
            {
                Thread.Sleep(_pause);
                continue;
            }

            if (_isEnding)
            {
                _hasEnded = !AwaitLastBlock();
                continue;
            }

            bool came = _socket.Wait(LongestWait, out string? error);
            if (error is not null)
            {
                // What came before is still to be handed over.
                _faults.Add(new CaptureFault(_name, -1, error));
                Stop();
            }
            else if (!came && !IsReady(_next))
            {
                run = new FrameRun(FrameBlock.Empty, 0, 0);
                return true;
            }
        }

        return false;
    }

    public void Stop()
    {
        lock (_statistics)
        {
            if (!_isEnding)
            {
                _socket.Attach(CaptureFilter.Nothing);
                _isEnding = true;
            }
        }
    }

    /// <summary>Another filter: the kernel exchanges it between two frames, so none is lost and none comes twice. Any thread; nothing happens when the capture ends or has ended.</summary>
    public void ChangeFilter(ReadOnlySpan<BpfInstruction> program)
    {
        lock (_statistics)
        {
            if (!_isEnding && !_isClosed)
            {
                _socket.Attach(program);
            }
        }
    }

    public void Dispose()
    {
        KernelCounters last = Counters;
        lock (_statistics)
        {
            if (_isClosed)
            {
                return;
            }

            (_counters, _isClosed, _hasEnded) = (last, true, true);
            _ = Libc.Unmap(_ring, (nuint)_geometry.TotalBytes);
            _socket.Dispose();
        }
    }

    private static LinkType LinkTypeOf(string name) => NetworkInterfaces.LinkTypeOf(name)
        ?? throw LiveCaptureFailures.Refused(name, "its frames", "af_packet does not know what they begin with; take type: pcap");

    private static void Configure(PacketSocket socket, LiveCaptureOptions options, int index)
    {
        socket.Set(Libc.PacketVersion, Libc.Version3, "TPACKET_V3");
        socket.Set(Libc.PacketReserve, RingFrame.HeadRoom, "PACKET_RESERVE");
        if (options.IgnoreOutgoing)
        {
            socket.Set(Libc.PacketIgnoreOutgoing, 1, "PACKET_IGNORE_OUTGOING");
        }

        if (options.HardwareTimestamps)
        {
            socket.Set(Libc.PacketTimestamp, Libc.TimestampRawHardware, "PACKET_TIMESTAMP");
        }

        if (options.Promiscuous)
        {
            var membership = new MembershipRequest { Index = index, Type = Libc.MembershipPromiscuous };
            socket.Set(Libc.PacketAddMembership, &membership, sizeof(MembershipRequest), "PACKET_MR_PROMISC");
        }
    }

    private static byte* Map(PacketSocket socket, RingGeometry geometry, LiveCaptureOptions options)
    {
        var request = new RingRequest
        {
            BlockSize = (uint)geometry.BlockBytes,
            Blocks = (uint)geometry.Blocks,
            FrameSize = RingGeometry.FrameBytes,
            Frames = (uint)geometry.Frames,
            RetireTimeout = (uint)Math.Max(1, options.Latency.TotalMilliseconds),
            Features = CanFreeze,
        };
        socket.Set(Libc.PacketReceiveRing, &request, sizeof(RingRequest), "PACKET_RX_RING");
        void* ring = Libc.Map(null, (nuint)geometry.TotalBytes, Libc.ProtectRead | Libc.ProtectWrite, Libc.MapShared, socket.Descriptor, 0);
        return (nint)ring != -1 ? (byte*)ring : throw LiveCaptureFailures.Refused(options.Interface, "mmap", "no memory for its ring");
    }

    private BorrowedMemory NewMemory(int block) => new(_ring + (long)block * _geometry.BlockBytes, _geometry.BlockBytes);

    private BlockHeader* Header(long number) => (BlockHeader*)(_ring + number % _geometry.Blocks * _geometry.BlockBytes);

    private bool IsReady(long number) => !_hasEnded && (Volatile.Read(ref Header(number)->Status) & OfUser) != 0;

    /// <summary>
    /// Nothing more is let in: waits until the kernel hands over the block that it was filling. It counts the frames in there as it goes, so a reader knows whether there is
    /// something to wait for. False: everything was read.
    /// </summary>
    private bool AwaitLastBlock()
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < LastFrame || (waited < _lastBlockWait && Volatile.Read(ref Header(_next)->Packets) > 0); waited += Glance)
        {
            if (IsReady(_next))
            {
                return true;
            }

            Thread.Sleep(Glance);
        }

        return IsReady(_next);
    }

    /// <summary>
    /// Whoever is asked this has read all that there was. When the last block came full, the next ones come by themselves: there is no need to be told. Not when so much came meanwhile that a
    /// sleep is a danger.
    /// </summary>
    private bool MayPause()
    {
        bool mayPause = _isBusy && !_isEnding && _pause > TimeSpan.Zero && (_next - _nextAtPause) * RingPerPause <= _geometry.Blocks;
        (_isBusy, _nextAtPause) = (false, _next);
        return mayPause;
    }

    private FrameRun Take()
    {
        if (_read.Count == 0)
        {
            ReadHeaders();
        }

        FrameBlock block = _read.Dequeue();
        _next++;
        return new FrameRun(block, 0, block.Count);
    }

    /// <summary>Of all blocks that are ready, as far as they are read together.</summary>
    private void ReadHeaders()
    {
        long bytes = 0;
        for (long number = _next; !_walk.IsFull && _read.Count < _geometry.Blocks && IsReady(number); number++)
        {
            BlockHeader* header = Header(number);
            FrameBlock block = _free.TryPop(out FrameBlock? free) ? free : new FrameBlock(0, _geometry.BlockBytes / RingGeometry.FrameBytes, _recycle);
            block.Reset();
            block.Borrow(_blocks[number % _geometry.Blocks].Memory);
            block.Number = number;
            bytes += header->Length;
            _isBusy = (header->Status & TimedOut) == 0;
            _walk.Add(header, block);
            _read.Enqueue(block);
        }

        _walk.Finish();
        Volatile.Write(ref _cut, _walk.Cut);
        Volatile.Write(ref _bytesRead, _bytesRead + bytes);
    }

    /// <summary>The kernel may fill the block again. On the reader's thread, like everything here.</summary>
    private void Recycle(FrameBlock block)
    {
        BlockHeader* header = Header(block.Number);
        header->Packets = 0;
        Volatile.Write(ref header->Status, OfKernel);
        _free.Push(block);
    }
}
