using System.Buffers.Binary;

namespace TlsAppliance.Network.Frames;

/// <summary>
/// Where the decoder stands in one frame. Each header's reader looks at <see cref="Rest"/>, checks its length, skips itself and says which
/// layer follows; nothing behind <see cref="Offset"/> is looked at again.
/// </summary>
internal ref struct FrameWalk
{
    public readonly ref DecodedFrame Decoded;

    /// <summary>Bytes from the current header to the end that the headers before it have declared, as far as captured.</summary>
    public ReadOnlySpan<byte> Rest;

    /// <summary>Offset of <see cref="Rest"/> in the decoded bytes.</summary>
    public int Offset;

    /// <summary>Bytes that the last IP or UDP header declares beyond the captured ones.</summary>
    public int Missing;

    /// <summary>Length of the innermost IP datagram so far, header included, as declared.</summary>
    public int DatagramLength;

    /// <summary>The answer once <see cref="Layer.Done"/> is reached.</summary>
    public DecodeStatus Status;

    /// <summary>Addresses and version of the innermost IP header so far.</summary>
    public UInt128 Source;
    public UInt128 Destination;
    public byte IpVersion;

    /// <summary>The 802.11 header is padded to a multiple of 4 bytes, as radiotap said.</summary>
    public bool HeaderPadding;

    /// <summary>VLAN tags seen since the last Ethernet header.</summary>
    private int _vlans;

    public FrameWalk(ReadOnlySpan<byte> bytes, ref DecodedFrame decoded)
    {
        Rest = bytes;
        Decoded = ref decoded;
    }

    public readonly ushort UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(Rest[at..]);

    public readonly uint UInt32(int at) => BinaryPrimitives.ReadUInt32BigEndian(Rest[at..]);

    public readonly ushort UInt16LittleEndian(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Rest[at..]);

    public readonly uint UInt32LittleEndian(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Rest[at..]);

    public Layer Stop(DecodeStatus status)
    {
        Status = status;
        return Layer.Done;
    }

    /// <summary>Moves past <paramref name="length"/> bytes, which the caller has checked to be there.</summary>
    public void Skip(int length)
    {
        Rest = Rest[length..];
        Offset += length;
    }

    /// <summary>Drops what lies behind <paramref name="length"/> bytes: padding and trailers of a link layer.</summary>
    public void Trim(int length)
    {
        if (length < Rest.Length)
        {
            Rest = Rest[..length];
        }
    }

    /// <summary>
    /// As <see cref="Trim"/>, by a header whose length is that on the wire: what was not captured is <see cref="Missing"/>.
    /// </summary>
    public void TrimToDeclared(int length)
    {
        Missing = Math.Max(0, length - Rest.Length);
        Trim(length);
    }

    public void EnterTunnel(CarrierKind carrier, uint id)
    {
        Decoded.Carrier = carrier;
        Decoded.CarrierId = id;
    }

    /// <summary>Tags that follow belong to a new Ethernet header; those of an outer one stay until it brings its own.</summary>
    public void EnterEthernet() => _vlans = 0;

    public void AddVlan(ushort id)
    {
        if (_vlans == 0)
        {
            (Decoded.OuterVlan, Decoded.InnerVlan) = (id, DecodedFrame.NoVlan);
        }
        else if (_vlans == 1)
        {
            Decoded.InnerVlan = id;
        }

        _vlans++;
    }

    /// <summary>Ends at a fragment whose bytes are <see cref="Rest"/>.</summary>
    public Layer StopAtFragment(uint identification, byte protocol, int fragmentOffset, bool moreFragments)
    {
        if (Missing > 0)
        {
            return Stop(DecodeStatus.TruncatedFragment);
        }

        if (Rest.IsEmpty || (moreFragments && Rest.Length % 8 != 0))
        {
            return Stop(DecodeStatus.MalformedFragment);
        }

        Decoded.Fragment = new FragmentHeader
        {
            Source = Source,
            Destination = Destination,
            IpVersion = IpVersion,
            Protocol = protocol,
            Identification = identification,
            MoreFragments = moreFragments,
            FragmentOffset = fragmentOffset,
            DataOffset = Offset,
            DataLength = Rest.Length,
        };
        return Stop(DecodeStatus.Fragment);
    }
}
