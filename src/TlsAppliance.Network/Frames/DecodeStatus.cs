namespace TlsAppliance.Network.Frames;

/// <summary>What a frame turned out to be. Everything but <see cref="Tcp"/> and <see cref="Fragment"/> is the one reason why it is not used.</summary>
public enum DecodeStatus : byte
{
    /// <summary>A TCP segment: key, flags, numbers and payload are set.</summary>
    Tcp = 0,

    /// <summary>An IP fragment: <see cref="DecodedFrame.Fragment"/> is set; goes to the fragment reassembler, then to <c>DecodeDatagram</c>.</summary>
    Fragment = 1,
}
