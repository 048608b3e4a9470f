using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Events;

/// <summary>What the connection under a TLS session looked like, up to the frame that decided the event.</summary>
public struct ConnectionFacts
{
    public FlowKey Key;

    /// <summary>True when <see cref="FlowKey.LowAddress"/> is the originator: the sender of the SYN, or of the first frame when no SYN was captured.</summary>
    public bool OriginatorIsLow;

    /// <summary>Earliest frame of the connection, ns since 1970-01-01T00:00:00Z; part of the event's identity.</summary>
    public long FirstFrameTime;

    /// <summary>Latest frame counted, ns since 1970-01-01T00:00:00Z.</summary>
    public long LastFrameTime;

    /// <summary>Time of the SYN and of the SYN-ACK, or 0.</summary>
    public long SynTime;

    /// <inheritdoc cref="SynTime"/>
    public long SynAckTime;

    /// <summary>Which session of the connection this is, from 0.</summary>
    public int Ordinal;

    /// <summary>Bytes on the wire (IP datagram length) and frames from the originator.</summary>
    public long OriginatorBytes;

    public long OriginatorPackets;

    /// <inheritdoc cref="OriginatorBytes"/>
    public long ResponderBytes;

    public long ResponderPackets;

    /// <summary>TCP bytes that were never seen and given up.</summary>
    public long OriginatorGapBytes;

    public long ResponderGapBytes;

    /// <summary>VLAN ids, or <see cref="DecodedFrame.NoVlan"/>.</summary>
    public ushort OuterVlan;

    public ushort InnerVlan;

    public CarrierKind Carrier;

    public uint CarrierId;

    public EndReason EndReason;
}
