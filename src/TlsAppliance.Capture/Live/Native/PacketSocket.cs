using System.ComponentModel;
using System.Runtime.InteropServices;
using TlsAppliance.Capture.Live.Filters;

namespace TlsAppliance.Capture.Live.Native;

/// <summary>An AF_PACKET socket: what <see cref="PacketRing"/> and a handle of libpcap have in common.</summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    /// <summary>ETH_P_ALL, in network byte order.</summary>
    private const ushort EveryProtocol = 0x0300;

    private readonly string _interface;
    private readonly bool _isOwn;

    private PacketSocket(int descriptor, string interfaceName, bool isOwn)
    {
        (Descriptor, _interface, _isOwn) = (descriptor, interfaceName, isOwn);
    }

    public int Descriptor { get; private set; }

    /// <summary>A new socket that takes nothing yet. Throws when the process may not have one.</summary>
    public static PacketSocket Open(string interfaceName)
    {
        int descriptor = Libc.Socket(Libc.AddressFamilyPacket, Libc.SocketRaw | Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw error is Libc.ErrorPermission or Libc.ErrorAccess
                ? LiveCaptureFailures.NoPermission(interfaceName)
                : LiveCaptureFailures.Refused(interfaceName, "socket", Text(error));
        }

        return new PacketSocket(descriptor, interfaceName, isOwn: true);
    }

    /// <summary>The socket of somebody else, who closes it.</summary>
    public static PacketSocket Of(int descriptor, string interfaceName) => new(descriptor, interfaceName, isOwn: false);

    public void Set(int option, int value, string name) => Set(option, &value, sizeof(int), name);

    public void Set(int option, void* value, int length, string name)
    {
        if (Libc.SetOption(Descriptor, Libc.SolPacket, option, value, (uint)length) < 0)
        {
            throw Refused(name);
        }
    }

    /// <summary>The kernel hands over what this program says, so many bytes of it.</summary>
    public void Attach(ReadOnlySpan<BpfInstruction> program)
    {
        fixed (BpfInstruction* instructions = program)
        {
            var filter = new FilterProgram { Length = (ushort)program.Length, Instructions = instructions };
            if (Libc.SetOption(Descriptor, Libc.SolSocket, Libc.AttachFilter, &filter, (uint)sizeof(FilterProgram)) < 0)
            {
                throw Refused("SO_ATTACH_FILTER");
            }
        }
    }

    /// <summary>From now on the interface's frames come.</summary>
    public void Bind(int index)
    {
        var address = new LinkAddress { Family = Libc.AddressFamilyPacket, Protocol = EveryProtocol, Index = index };
        if (Libc.Bind(Descriptor, &address, sizeof(LinkAddress)) < 0)
        {
            throw Refused("bind");
        }
    }

    /// <summary>
    /// Shares the interface's connections with the other sockets of the group, both directions of one to the same socket, fragments put together first. Null: founds a group with a number that
    /// nobody has.
    /// </summary>
    /// <returns>The number of the group.</returns>
    public ushort JoinFanout(ushort? group)
    {
        int mode = Libc.FanoutHash | Libc.FanoutDefragment | (group is null ? Libc.FanoutUniqueId : 0);
        Set(Libc.PacketFanout, (group ?? 0) | mode << 16, "PACKET_FANOUT");
        int joined = 0;
        uint length = sizeof(int);
        if (Libc.GetOption(Descriptor, Libc.SolPacket, Libc.PacketFanout, &joined, &length) < 0)
        {
            throw Refused("PACKET_FANOUT");
        }

        return (ushort)joined;
    }

    /// <summary>What was counted since the last call.</summary>
    public RingStatistics TakeStatistics()
    {
        RingStatistics statistics = default;
        uint length = (uint)sizeof(RingStatistics);
        return Libc.GetOption(Descriptor, Libc.SolPacket, Libc.PacketStatistics, &statistics, &length) < 0 ? default : statistics;
    }

    /// <summary>Waits until there is something to read, or an error.</summary>
    /// <param name="timeout">At most so long.</param>
    /// <param name="error">What is wrong with the interface; null: nothing.</param>
    /// <returns>False: nothing came.</returns>
    public bool Wait(TimeSpan timeout, out string? error)
    {
        error = null;
        var descriptor = new PollDescriptor { Descriptor = Descriptor, Events = Libc.PollIn | Libc.PollError };
        int ready = Libc.Poll(&descriptor, 1, (int)Math.Max(0, timeout.TotalMilliseconds));
        if (ready < 0)
        {
            int failure = Marshal.GetLastPInvokeError();
            error = failure == Libc.ErrorInterrupted ? null : Text(failure);
            return error is not null;
        }

        if ((descriptor.Returned & Libc.PollError) != 0)
        {
            error = PendingError();
        }

        return ready > 0;
    }

    public void Dispose()
    {
        if (_isOwn && Descriptor >= 0)
        {
            _ = Libc.Close(Descriptor);
            Descriptor = -1;
        }
    }

    private string PendingError()
    {
        int error = 0;
        uint length = sizeof(int);
        _ = Libc.GetOption(Descriptor, Libc.SolSocket, Libc.SocketError, &error, &length);
        return error is Libc.ErrorNetworkDown or Libc.ErrorNoDevice or 0 ? LiveCaptureFailures.WentDown : Text(error);
    }

    private LiveCaptureException Refused(string call) => LiveCaptureFailures.Refused(_interface, call, Text(Marshal.GetLastPInvokeError()));

    private static string Text(int error) => new Win32Exception(error).Message;
}
