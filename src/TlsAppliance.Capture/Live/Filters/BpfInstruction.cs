using System.Runtime.InteropServices;

namespace TlsAppliance.Capture.Live.Filters;

/// <summary>struct sock_filter, and struct bpf_insn of libpcap.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BpfInstruction
{
    public ushort Code;

    public byte JumpTrue;

    public byte JumpFalse;

    public uint Constant;
}
