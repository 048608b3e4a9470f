using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>The system calls of a packet socket; Linux, 64 bit. Numbers are those of linux/if_packet.h, linux/filter.h and asm-generic.</summary>
internal static unsafe partial class Libc
{
    public const int AddressFamilyPacket = 17;
    public const int AddressFamilyInternet = 2;
    public const int SocketDatagram = 2;
    public const int SocketRaw = 3;
    public const int CloseOnExec = 0x80000;

    public const int SolSocket = 1;
    public const int SocketError = 4;
    public const int AttachFilter = 26;

    /// <summary>SIOCGIFFLAGS, SIOCGIFHWADDR (netdevice(7)).</summary>
    public const uint GetFlags = 0x8913, GetHardwareAddress = 0x8927;

    public const int SolPacket = 263;
    public const int PacketAddMembership = 1;
    public const int PacketReceiveRing = 5;
    public const int PacketStatistics = 6;
    public const int PacketVersion = 10;
    public const int PacketReserve = 12;
    public const int PacketTimestamp = 17;
    public const int PacketFanout = 18;
    public const int PacketIgnoreOutgoing = 23;

    public const int MembershipPromiscuous = 1;
    public const int Version3 = 2;
    public const int TimestampRawHardware = 1 << 6;

    public const int FanoutHash = 0;
    public const int FanoutDefragment = 0x8000;
    public const int FanoutUniqueId = 0x2000;

    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;
    public const int MapShared = 1;

    public const short PollIn = 1;
    public const short PollError = 8;

    public const int ErrorPermission = 1;
    public const int ErrorInterrupted = 4;
    public const int ErrorAccess = 13;
    public const int ErrorNoDevice = 19;
    public const int ErrorNetworkDown = 100;

    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint InterfaceIndex(string name);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int socket, nuint request, InterfaceRequest* argument);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, LinkAddress* address, int length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, ulong count, int timeout);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);
}
