using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Headers;

/// <summary>
/// PPP (RFC 1661 §2): protocol (2, or 1 when compressed). In HDLC-like framing (RFC 1662 §3.1) address 0xFF and control 0x03 come first;
/// peers may leave them out.
/// </summary>
internal static class PppHeader
{
    private const int AllStations = 0xFF;
    private const int UnnumberedInformation = 0x03;

    private const int Ipv4 = 0x0021;
    private const int Multilink = 0x003D;
    private const int VanJacobsonCompressed = 0x002D;
    private const int VanJacobsonUncompressed = 0x002F;
    private const int HeaderCompressed = 0x0061;
    private const int Encrypted = 0x0053;
    private const int EncryptedLink = 0x0055;
    private const int Ipv6 = 0x0057;
    private const int CompressedLink = 0x00FB;
    private const int Compressed = 0x00FD;
    private const int MplsUnicast = 0x0281;
    private const int MplsMulticast = 0x0283;
    private const int FirstControl = 0x8000;

    private const int MultilinkLength = 4;
    private const int MultilinkWhole = 0xC0;

    public static Layer Read(ref FrameWalk walk)
    {
        if (CiscoHdlcHeader.Fits(walk.Rest))
        {
            return Layer.CiscoHdlc;
        }

        if (walk.Rest.Length >= 2 && walk.Rest[0] == AllStations && walk.Rest[1] == UnnumberedInformation)
        {
            walk.Skip(2);
        }

        if (walk.Rest.Length < 2)
        {
            return walk.Stop(DecodeStatus.TruncatedPpp);
        }

        // The first byte of a whole protocol number is even (RFC 1661 §2); an odd one is the only byte.
        bool isWhole = (walk.Rest[0] & 1) == 0;
        int protocol = isWhole ? walk.UInt16(0) : walk.Rest[0];
        walk.Skip(isWhole ? 2 : 1);
        return Next(ref walk, protocol);
    }

    private static Layer Next(ref FrameWalk walk, int protocol) => protocol switch
    {
        Ipv4 => Layer.Ipv4,
        Ipv6 => Layer.Ipv6,
        MplsUnicast or MplsMulticast => Layer.Mpls,
        Multilink => ReadMultilink(ref walk),
        VanJacobsonCompressed or VanJacobsonUncompressed or HeaderCompressed
            or Encrypted or EncryptedLink or Compressed or CompressedLink => walk.Stop(DecodeStatus.PppCompressed),
        >= FirstControl => walk.Stop(DecodeStatus.PppControl),
        _ => walk.Stop(DecodeStatus.PppOther),
    };

    /// <summary>Multilink with long sequence numbers (RFC 1990 §3): a packet that was not cut is read, a part is not.</summary>
    private static Layer ReadMultilink(ref FrameWalk walk)
    {
        if (walk.Rest.Length < MultilinkLength)
        {
            return walk.Stop(DecodeStatus.TruncatedPpp);
        }

        if ((walk.Rest[0] & MultilinkWhole) != MultilinkWhole)
        {
            return walk.Stop(DecodeStatus.PppFragment);
        }

        walk.Skip(MultilinkLength);
        return Layer.Ppp;
    }
}
