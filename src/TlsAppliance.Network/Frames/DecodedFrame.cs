using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Headers;

namespace TlsAppliance.Network.Frames;

/// <summary>
/// What the headers of one frame said, after all carriers were taken off: the inner connection and where the TCP payload lies.
/// Reused from frame to frame; only the fields that the <see cref="DecodeStatus"/> promises are set.
/// </summary>
public struct DecodedFrame
{
    /// <summary>Value of <see cref="OuterVlan"/> and <see cref="InnerVlan"/> when there is no such tag.</summary>
    public const ushort NoVlan = ushort.MaxValue;

    /// <summary>Inner connection.</summary>
    public FlowKey Key;

    /// <summary>True when the frame was sent by <see cref="FlowKey.LowAddress"/>.</summary>
    public bool SourceIsLow;

    public TcpFlags Flags;
    public uint SequenceNumber;
    public uint AcknowledgmentNumber;
    public ushort Window;

    /// <summary>Offset of the TCP payload in the decoded bytes (the frame, or the reassembled datagram).</summary>
    public int PayloadOffset;

    /// <summary>TCP payload bytes that were captured.</summary>
    public int PayloadLength;

    /// <summary>TCP payload bytes that the IP header declares beyond the captured ones (snapshot length), else 0.</summary>
    public int PayloadMissing;

    /// <summary>
    /// Length of the inner IP datagram on the wire, in bytes: header, payload and what a snapshot length cut off, without padding. Set with
    /// <see cref="DecodeStatus.Tcp"/>; of a reassembled datagram that of the whole.
    /// </summary>
    public int DatagramLength;

    /// <summary>Outermost VLAN id (12 bits) of the innermost Ethernet header that has one, or <see cref="NoVlan"/>.</summary>
    public ushort OuterVlan;

    /// <summary>Second VLAN id, or <see cref="NoVlan"/>.</summary>
    public ushort InnerVlan;

    public CarrierKind Carrier;

    /// <summary>VNI, TEID, GRE key, ERSPAN session, MPLS label: the id of <see cref="Carrier"/>, 0 when it has none.</summary>
    public uint CarrierId;

    /// <summary>Set with <see cref="DecodeStatus.Fragment"/>: the fragment and where its bytes lie.</summary>
    public FragmentHeader Fragment;
}
