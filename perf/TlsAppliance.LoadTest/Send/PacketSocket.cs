using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TlsAppliance.LoadTest.Send;

/// <summary>
/// Puts frames on an interface with sendmmsg(2) on an AF_PACKET socket that bypasses the queueing discipline (packet(7)). Needs CAP_NET_RAW.
/// </summary>
internal sealed unsafe partial class PacketSocket : IDisposable
{
    /// <summary>Frames per system call.</summary>
    public const int BatchSize = 256;

    private const int AddressFamilyPacket = 17;
    private const int SocketRaw = 3;
    private const int SolPacket = 263;
    private const int PacketQdiscBypass = 20;
    private const int SolSocket = 1;
    private const int SendBuffer = 7;
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int NoBufferSpace = 105;
    private const int MessageTooLong = 90;

    private readonly int _socket;
    private readonly IoVector* _vectors;
    private readonly MessageHeader* _messages;
    private int _count;

    public PacketSocket(string interfaceName)
    {
        uint index = InterfaceIndex(interfaceName);
        if (index == 0)
        {
            throw new IOException($"no interface is named {interfaceName} in this network namespace");
        }

        _socket = Socket(AddressFamilyPacket, SocketRaw, 0);
        Check(_socket, "socket(AF_PACKET): needs root or CAP_NET_RAW");
        int on = 1, buffer = 8 << 20;
        Check(SetOption(_socket, SolPacket, PacketQdiscBypass, &on, sizeof(int)), "PACKET_QDISC_BYPASS");
        Check(SetOption(_socket, SolSocket, SendBuffer, &buffer, sizeof(int)), "SO_SNDBUF");
        var address = new LinkAddress { Family = AddressFamilyPacket, Index = (int)index };
        Check(Bind(_socket, &address, sizeof(LinkAddress)), "bind");
        _vectors = (IoVector*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(IoVector));
        _messages = (MessageHeader*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(MessageHeader));
        for (int i = 0; i < BatchSize; i++)
        {
            _messages[i].Vectors = _vectors + i;
            _messages[i].VectorCount = 1;
        }
    }

    /// <summary>Frames that the kernel took.</summary>
    public long Sent { get; private set; }

    /// <summary>Frames that the interface does not take, because they are longer than its MTU.</summary>
    public long TooLong { get; private set; }

    public long TooLongBytes { get; private set; }

    /// <summary>Queues one frame; its bytes must stay where they are until <see cref="Flush"/>.</summary>
    public void Add(byte* frame, int length)
    {
        _vectors[_count].Base = frame;
        _vectors[_count].Length = (nuint)length;
        if (++_count == BatchSize)
        {
            Flush();
        }
    }

    public void Flush()
    {
        int done = 0;
        while (done < _count)
        {
            int sent = SendMany(_socket, _messages + done, (uint)(_count - done), 0);
            if (sent < 0)
            {
                done += Refused(Marshal.GetLastPInvokeError(), _messages[done].Vectors->Length);
                continue;
            }

            done += sent;
            Sent += sent;
        }

        _count = 0;
    }

    /// <returns>Messages to leave out: none where trying again helps.</returns>
    private int Refused(int error, nuint length)
    {
        if (error == MessageTooLong)
        {
            TooLong++;
            TooLongBytes += (long)length;
            return 1;
        }

        return error is Interrupted or TryAgain or NoBufferSpace ? 0 : throw new IOException("sendmmsg: " + Marshal.GetPInvokeErrorMessage(error));
    }

    public void Dispose()
    {
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_messages);
        _ = Close(_socket);
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new IOException(what + ": " + new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }
    }

    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint InterfaceIndex(string name);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, LinkAddress* address, int length);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    private static partial int SendMany(int socket, MessageHeader* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>struct sockaddr_ll.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LinkAddress
    {
        public ushort Family;
        public ushort Protocol;
        public int Index;
        public ushort HardwareType;
        public byte PacketType;
        public byte AddressLength;
        public ulong Address;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr of a 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public void* Name;
        public ulong NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
        private readonly int _padding;
        public uint Length;
        private readonly uint _tail;
    }
}
