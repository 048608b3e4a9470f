using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Readings;

/// <summary>Joins a fanout group for a moment, on a packet socket that asks for a protocol that nobody sends.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">The kernel's words when it refused.</param>
internal sealed partial record FanoutProbe(FanoutOutcome Outcome, string Reason = "")
{
    private const int PacketFamily = 17; // AF_PACKET
    private const int RawCloseOnExec = 3 | 0x80000; // SOCK_RAW | SOCK_CLOEXEC
    private const ushort LocalExperiment = 0x88b5; // IEEE 802 local experimental EtherType
    private const int PacketLevel = 263; // SOL_PACKET
    private const int Fanout = 18; // PACKET_FANOUT

    /// <summary>PACKET_FANOUT_HASH with PACKET_FANOUT_FLAG_DEFRAG and PACKET_FANOUT_FLAG_UNIQUEID: the kernel chooses a free group.</summary>
    private const int HashDefragmentedUnique = (0x8000 | 0x2000) << 16;

    private const int PermissionDenied = 1; // EPERM
    private const int AddressLength = 20; // struct sockaddr_ll

    /// <param name="device">Interface to try it on; null: any that is up.</param>
    public static FanoutProbe Try(string? device)
    {
        NetworkDevice? found = NetworkDevices.List().Where(candidate => device is null || candidate.Name == device).FirstOrDefault(candidate => candidate.IsUp);
        if (found is null)
        {
            return new FanoutProbe(FanoutOutcome.NoDevice);
        }

        int socket = OpenSocket(PacketFamily, RawCloseOnExec, 0);
        if (socket < 0)
        {
            return Failed();
        }

        try
        {
            int group = HashDefragmentedUnique;
            return Bind(socket, found.Index) == 0 && SetOption(socket, PacketLevel, Fanout, ref group, sizeof(int)) == 0
                ? new FanoutProbe(FanoutOutcome.Supported)
                : Failed();
        }
        finally
        {
            _ = Close(socket);
        }
    }

    private static int Bind(int socket, int index)
    {
        const int ProtocolOffset = 2;
        const int IndexOffset = 4;
        Span<byte> address = stackalloc byte[AddressLength];
        address.Clear();
        MemoryMarshal.Write(address, (ushort)PacketFamily);
        BinaryPrimitives.WriteUInt16BigEndian(address[ProtocolOffset..], LocalExperiment);
        MemoryMarshal.Write(address[IndexOffset..], index);
        return BindAddress(socket, ref MemoryMarshal.GetReference(address), AddressLength);
    }

    private static FanoutProbe Failed()
    {
        int error = Marshal.GetLastPInvokeError();
        return error == PermissionDenied
            ? new FanoutProbe(FanoutOutcome.NoPermission)
            : new FanoutProbe(FanoutOutcome.Refused, new Win32Exception(error).Message);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int BindAddress(int socket, ref byte address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int option, ref int value, int length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
