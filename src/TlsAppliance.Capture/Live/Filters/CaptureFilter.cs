using PacketDotNet;
using SharpPcap;
using SharpPcap.LibPcap;

namespace TlsAppliance.Capture.Live.Filters;

/// <summary>From the language of pcap-filter(7) to programs that the kernel runs; libpcap compiles.</summary>
public static unsafe class CaptureFilter
{
    /// <summary>BPF_RET | BPF_K: the frame is taken, so many bytes of it; 0: it is not.</summary>
    private const ushort Return = 0x06;

    private static readonly BpfInstruction[] s_nothing = [new BpfInstruction { Code = Return, Constant = 0 }];

    /// <summary>A program that takes no frame.</summary>
    internal static ReadOnlySpan<BpfInstruction> Nothing => s_nothing;

    /// <summary>Why this is no filter; null when it is one. Needs neither permission nor interface.</summary>
    public static string? Objection(string filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return null;
        }

        try
        {
            using BpfProgram program = BpfProgram.Create(LinkLayers.Ethernet, filter);
            return null;
        }
        catch (PcapException exception)
        {
            return Reason(exception);
        }
    }

    /// <summary>
    /// The program for one interface. Compiled for a handle of that interface, because the kernel keeps VLAN tags apart from the frame and libpcap knows how to ask for
    /// them there.
    /// </summary>
    internal static BpfInstruction[] Compile(string filter, string interfaceName, int snapLength)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return [new BpfInstruction { Code = Return, Constant = (uint)snapLength }];
        }

        using LibPcapLiveDevice device = PcapDevices.Open(interfaceName, new DeviceConfiguration { Snaplen = snapLength, ReadTimeout = 1 });
        try
        {
            using BpfProgram program = BpfProgram.Create(device.Handle, filter);
            return Copy(program, snapLength);
        }
        catch (PcapException exception)
        {
            throw LiveCaptureFailures.BadFilter(filter, Reason(exception));
        }
    }

    private static BpfInstruction[] Copy(BpfProgram program, int snapLength)
    {
        // struct bpf_program: the number of instructions, and where they are.
        nint start = program.DangerousGetHandle();
        uint count = *(uint*)start;
        BpfInstruction[] copy = new ReadOnlySpan<BpfInstruction>(*(void**)(start + sizeof(nint)), (int)count).ToArray();
        foreach (ref BpfInstruction instruction in copy.AsSpan())
        {
            if (instruction is { Code: Return, Constant: not 0 })
            {
                instruction.Constant = (uint)snapLength;
            }
        }

        return copy;
    }

    private static string Reason(PcapException exception) => exception.Message.Trim();
}
