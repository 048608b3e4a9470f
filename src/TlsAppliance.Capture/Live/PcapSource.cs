using System.Runtime.InteropServices;
using SharpPcap;
using SharpPcap.LibPcap;
using TlsAppliance.Capture.Files;
using TlsAppliance.Capture.Live.Filters;
using TlsAppliance.Capture.Live.Native;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>
/// An interface through libpcap: for link types that only it knows, and as a second opinion on <see cref="PacketRing"/>. SharpPcap opens the handle; reading it is done here, without a
/// callback, for an exception in one would end the process, and SharpPcap's statistics are wrong on 64-bit Linux. One copy per frame, into pooled blocks.
/// </summary>
internal sealed unsafe class PcapSource : ILiveSource
{
    /// <summary>pcap_next_ex(3): a frame, none at the moment.</summary>
    private const int GotFrame = 1, GotNothing = 0;

    /// <summary>PCAP_D_IN.</summary>
    private const int IncomingOnly = 1;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    /// <summary>libpcap does not tell how full its ring is; that it has just dropped something tells enough, for so long.</summary>
    private static readonly TimeSpan PressureLasts = TimeSpan.FromMilliseconds(100);

    private const int DrainLatencies = 3;

    private readonly string _name;
    private readonly LibPcapLiveDevice _device;
    private readonly nint _handle;
    private readonly PacketSocket _socket;
    private readonly FrameBlockPool _pool = new();
    private readonly LinkType _linkType;
    private readonly ushort _interface;
    private readonly int _fractionToNanoseconds;
    private readonly TimeSpan _drainWait;
    private readonly InterfaceLoss? _loss;
    private readonly TimeProvider _time;
    private readonly Lock _statistics = new();
    private readonly List<CaptureFault> _faults = [];
    private RunningCount _received, _dropped;
    private KernelCounters _counters;
    private long _blocks, _bytesRead, _cut, _lastPressure;
    private bool _wasPressed;
    private PcapFrameHeader* _heldHeader;
    private byte* _heldBytes;
    private bool _isEnding, _hasEnded, _isClosed;

    private PcapSource(
        LibPcapLiveDevice device, PacketSocket socket, LiveCaptureOptions options, ushort captureInterface, bool countsInterface, TimeProvider time)
    {
        (_device, _socket, _name, _interface, _time) = (device, socket, options.Interface, captureInterface, time);
        _handle = device.Handle.DangerousGetHandle();
        _linkType = (LinkType)device.LinkType;
        _fractionToNanoseconds = device.TimestampResolution == TimestampResolution.Nanosecond ? 1 : 1000;
        _drainWait = DrainLatencies * options.Latency;
        _loss = countsInterface ? new InterfaceLoss(options.Interface) : null;
        _lastPressure = time.GetTimestamp();
    }

    public bool MayWait => _heldHeader is null;

    public long BytesRead => Volatile.Read(ref _bytesRead);

    public long BytesTotal => -1;

    public IReadOnlyList<CaptureFault> Faults => _faults;

    public bool IsPressed
    {
        get
        {
            if (_time.GetElapsedTime(_lastPressure) >= PressureLasts)
            {
                long before = _counters.Dropped;
                _wasPressed = Counters.Dropped > before;
                _lastPressure = _time.GetTimestamp();
            }

            return _wasPressed;
        }
    }

    public KernelCounters Counters
    {
        get
        {
            lock (_statistics)
            {
                PcapCounters statistics = default;
                if (!_isClosed && Libpcap.Statistics(_handle, &statistics) == 0)
                {
                    _received.Take(statistics.Received);
                    _dropped.Take(statistics.Dropped);
                    _counters = new KernelCounters(_received.Total, _dropped.Total, 0, _loss?.Total ?? 0, Volatile.Read(ref _cut));
                }

                return _counters;
            }
        }
    }

    /// <summary>libpcap may keep to itself that the interface went down. What it captures besides interfaces (any, nflog) has no such state.</summary>
    private bool IsDown => NetworkInterfaces.Exists(_name) && !NetworkInterfaces.IsUp(_name);

    /// <inheritdoc cref="PacketRing.Open"/>
    public static PcapSource Open(LiveCaptureOptions options, FanoutGroup? fanout, ushort captureInterface, bool countsInterface, TimeProvider time)
    {
        string name = options.Interface;
        LibPcapLiveDevice device = PcapDevices.Open(name, new DeviceConfiguration
        {
            Mode = options.Promiscuous ? DeviceModes.Promiscuous : DeviceModes.None,
            Snaplen = options.SnapLength,
            BufferSize = (int)Math.Min(options.BufferBytes, int.MaxValue),
            ReadTimeout = (int)Math.Max(1, options.Latency.TotalMilliseconds),
            TimestampResolution = TimestampResolution.Nanosecond,
            TimestampType = options.HardwareTimestamps ? TimestampType.Adapter : null,
        });
        try
        {
            nint handle = device.Handle.DangerousGetHandle();
            device.NonBlockingMode = true;
            PacketSocket socket = PacketSocket.Of(Libpcap.Descriptor(handle), name);
            fanout?.Join(socket);
            if (options.IgnoreOutgoing)
            {
                _ = Libpcap.SetDirection(handle, IncomingOnly);
            }

            if (options.Filter.Length > 0)
            {
                SetFilter(device, options.Filter);
            }

            return new PcapSource(device, socket, options, captureInterface, countsInterface, time);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    public bool TryRead(out FrameRun run)
    {
        run = default;
        if (_hasEnded)
        {
            return false;
        }

        FrameBlock block = _pool.Rent();
        Fill(block);
        if (block.Count == 0 && _faults.Count == 0)
        {
            bool came = _socket.Wait(_isEnding ? _drainWait : LongestWait, out string? error);
            if (error is not null)
            {
                Fail(error);
            }
            else if (!came && !_isEnding && IsDown)
            {
                Fail(LiveCaptureFailures.WentDown);
            }

            Fill(block);
        }

        if (block.Count > 0)
        {
            block.Number = _blocks++;
            run = new FrameRun(block, 0, block.Count);
            return true;
        }

        block.Release();
        if (_isEnding || _faults.Count > 0)
        {
            _hasEnded = true;
            return false;
        }

        run = new FrameRun(FrameBlock.Empty, 0, 0);
        return true;
    }

    public void Stop()
    {
        if (!_isEnding)
        {
            _socket.Attach(CaptureFilter.Nothing);
            _isEnding = true;
        }
    }

    public void Dispose()
    {
        _ = Counters;
        lock (_statistics)
        {
            if (!_isClosed)
            {
                (_isClosed, _hasEnded) = (true, true);
                _device.Dispose();
            }
        }
    }

    private static void SetFilter(LibPcapLiveDevice device, string filter)
    {
        try
        {
            device.Filter = filter;
        }
        catch (PcapException exception)
        {
            throw LiveCaptureFailures.BadFilter(filter, exception.Message.Trim());
        }
    }

    /// <summary>Copies frames until there are no more, or the next one has no room: libpcap keeps that one where it is until it is asked again.</summary>
    private void Fill(FrameBlock block)
    {
        Span<byte> room = block.Buffer;
        int used = 0;
        while (TryHold())
        {
            int length = (int)_heldHeader->CapturedLength;
            if (length > room.Length - used)
            {
                break;
            }

            new ReadOnlySpan<byte>(_heldBytes, length).CopyTo(room[used..]);
            block.Add(new FrameRecord
            {
                Timestamp = _heldHeader->Seconds * 1_000_000_000L + _heldHeader->Fraction * _fractionToNanoseconds,
                Offset = used,
                Length = length,
                WireLength = (int)_heldHeader->Length,
                LinkType = _linkType,
                Interface = _interface,
            });
            _cut += length < _heldHeader->Length ? 1 : 0;
            used += length;
            _heldHeader = null;
        }

        Volatile.Write(ref _bytesRead, _bytesRead + used);
    }

    private bool TryHold()
    {
        if (_heldHeader is not null)
        {
            return true;
        }

        PcapFrameHeader* header;
        byte* bytes;
        int got = Libpcap.Next(_handle, &header, &bytes);
        if (got is not (GotFrame or GotNothing) && _faults.Count == 0)
        {
            Fail(Marshal.PtrToStringUTF8(Libpcap.LastError(_handle)) ?? LiveCaptureFailures.WentDown);
            got = Libpcap.Next(_handle, &header, &bytes);
        }

        if (got != GotFrame)
        {
            return false;
        }

        _heldHeader = header;
        _heldBytes = bytes;
        return true;
    }

    /// <summary>The interface is gone. What came before is in the ring, and handed over when its latency is over.</summary>
    private void Fail(string reason)
    {
        _faults.Add(new CaptureFault(_name, -1, reason));
        Thread.Sleep(_drainWait);
    }
}
