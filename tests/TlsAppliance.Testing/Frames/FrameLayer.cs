namespace TlsAppliance.Testing.Frames;

/// <summary>
/// One header of a frame under construction: its number in the three registries, and how it is put around what it carries.
/// </summary>
/// <param name="EtherType">Number in Ethernet, GRE, GENEVE and the like; -1 when it has none.</param>
/// <param name="IpProtocol">Number in IP; -1 when it has none.</param>
/// <param name="PppProtocol">Number in PPP; -1 when it has none.</param>
/// <param name="Wrap">Header and content, given the content and the layer that it begins with.</param>
internal sealed record FrameLayer(int EtherType, int IpProtocol, int PppProtocol, Func<byte[], FrameLayer, byte[]> Wrap)
{
    /// <summary>Bytes without a number, as the innermost content.</summary>
    public static FrameLayer Nothing { get; } = new(-1, -1, -1, (content, _) => content);
}
