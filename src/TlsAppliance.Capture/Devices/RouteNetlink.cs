using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Devices;

/// <summary>
/// Lists from the kernel (RFC 3549, <c>linux/netlink.h</c>). Unlike <c>/sys</c> it answers for the network namespace of the process, whatever is mounted.
/// </summary>
internal static partial class RouteNetlink
{
    public const ushort GetLink = 18; // RTM_GETLINK
    public const ushort GetAddress = 22; // RTM_GETADDR

    private const int Family = 16; // AF_NETLINK
    private const int RawCloseOnExec = 3 | 0x80000; // SOCK_RAW | SOCK_CLOEXEC
    private const int RouteProtocol = 0; // NETLINK_ROUTE
    private const ushort RequestDump = 0x301; // NLM_F_REQUEST | NLM_F_DUMP
    private const ushort ErrorMessage = 2; // NLMSG_ERROR
    private const ushort DoneMessage = 3; // NLMSG_DONE

    private const int HeaderLength = 16;
    private const int TypeOffset = 4;
    private const int FlagsOffset = 6;
    private const int AttributeHeader = 4;
    private const int AttributeTypeMask = 0x3fff; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER
    private const int Alignment = 4;

    /// <summary>The kernel sends at most 32 KiB in one piece.</summary>
    private const int ReceiveLength = 64 * 1024;

    /// <summary>All messages of a list, without their netlink headers.</summary>
    /// <param name="request">Which list.</param>
    /// <param name="header">Length of the list's own fixed header.</param>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static IReadOnlyList<byte[]> Dump(ushort request, int header)
    {
        int socket = OpenSocket(Family, RawCloseOnExec, RouteProtocol);
        if (socket < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        try
        {
            Ask(socket, request, header);
            return Receive(socket, header);
        }
        finally
        {
            _ = Close(socket);
        }
    }

    /// <summary>The attributes behind a message's fixed header, by type.</summary>
    public static IEnumerable<KeyValuePair<ushort, ReadOnlyMemory<byte>>> Attributes(ReadOnlyMemory<byte> attributes)
    {
        while (attributes.Length >= AttributeHeader)
        {
            int length = MemoryMarshal.Read<ushort>(attributes.Span);
            if (length < AttributeHeader || length > attributes.Length)
            {
                yield break;
            }

            int type = MemoryMarshal.Read<ushort>(attributes.Span[2..]) & AttributeTypeMask;
            yield return new((ushort)type, attributes[AttributeHeader..length]);
            attributes = attributes[Math.Min(Aligned(length), attributes.Length)..];
        }
    }

    private static void Ask(int socket, ushort request, int header)
    {
        Span<byte> message = stackalloc byte[HeaderLength + header];
        message.Clear();
        MemoryMarshal.Write(message, message.Length);
        MemoryMarshal.Write(message[TypeOffset..], request);
        MemoryMarshal.Write(message[FlagsOffset..], RequestDump);
        if (Send(socket, ref MemoryMarshal.GetReference(message), message.Length, 0) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private static List<byte[]> Receive(int socket, int header)
    {
        var messages = new List<byte[]>();
        byte[] buffer = new byte[ReceiveLength];
        while (true)
        {
            int received = (int)Receive(socket, ref buffer[0], buffer.Length, 0);
            if (received <= 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }

            Span<byte> rest = buffer.AsSpan(0, received);
            while (rest.Length >= HeaderLength)
            {
                int length = MemoryMarshal.Read<int>(rest);
                switch (MemoryMarshal.Read<ushort>(rest[TypeOffset..]))
                {
                    case DoneMessage:
                        return messages;
                    case ErrorMessage:
                        throw new Win32Exception(-MemoryMarshal.Read<int>(rest[HeaderLength..]));
                    default:
                        if (length >= HeaderLength + header)
                        {
                            messages.Add(rest[HeaderLength..length].ToArray());
                        }

                        break;
                }

                rest = rest[Math.Min(Aligned(Math.Max(length, HeaderLength)), rest.Length)..];
            }
        }
    }

    private static int Aligned(int length) => (length + Alignment - 1) & ~(Alignment - 1);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, ref byte data, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, ref byte data, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
