using System.Buffers.Binary;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Testing.Tls;

/// <summary>Makes the held form of a hello by hand, also forms that no honest peer would send.</summary>
public sealed class HeldHelloBuilder
{
    private readonly List<(ushort Type, ushort WireLength, byte[] Body)> _extensions = [];

    public ProtocolVersion LegacyVersion { get; set; } = ProtocolVersion.Tls12;

    /// <summary>32 bytes.</summary>
    public byte[] Random { get; set; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public byte[] SessionId { get; set; } = [];

    public ushort[] CipherSuites { get; set; } = [0xC02F];

    public byte[] CompressionMethods { get; set; } = [0];

    /// <summary>Present as soon as there is an extension, unless set.</summary>
    public ExtensionBlockState? ExtensionBlock { get; set; }

    /// <summary>One that can be read stands in front when there is no other.</summary>
    private byte[] LoneServerName =>
        _extensions.Where(e => e.Type == (ushort)ExtensionType.ServerName).ToList() is [{ Body: { Length: >= sizeof(ushort) } body }] ? body : [];

    public HeldHelloBuilder Extension(ExtensionType type, params byte[] body) => Extension((ushort)type, (ushort)body.Length, body);

    public HeldHelloBuilder Extension(ushort type, ushort wireLength, byte[] heldBody)
    {
        _extensions.Add((type, wireLength, heldBody));
        return this;
    }

    /// <summary>server_name with these host names.</summary>
    public HeldHelloBuilder ServerName(params byte[][] names) =>
        Extension(ExtensionType.ServerName, Vector16([.. names.SelectMany(name => (byte[])[0, .. Vector16(name)])]));

    public HeldHelloBuilder Protocols(params byte[][] names) =>
        Extension(ExtensionType.ApplicationLayerProtocolNegotiation, Vector16([.. names.SelectMany(name => (byte[])[(byte)name.Length, .. name])]));

    public HeldHelloBuilder Groups(params ushort[] groups) => Extension(ExtensionType.SupportedGroups, Vector16(Wire(groups)));

    public HeldHelloBuilder SignatureAlgorithms(params ushort[] schemes) => Extension(ExtensionType.SignatureAlgorithms, Vector16(Wire(schemes)));

    public HeldHelloBuilder PointFormats(params byte[] formats) => Extension(ExtensionType.EcPointFormats, [(byte)formats.Length, .. formats]);

    public HeldHelloBuilder OfferedVersions(params ushort[] versions) =>
        Extension(ExtensionType.SupportedVersions, [(byte)(versions.Length * 2), .. Wire(versions)]);

    public byte[] Build() =>
    [
        .. Random,
        (byte)SessionId.Length, .. SessionId,
        .. Vector16(LoneServerName),
        .. Wire((ushort)LegacyVersion),
        .. Vector16(Wire(CipherSuites)),
        (byte)CompressionMethods.Length, .. CompressionMethods,
        (byte)(ExtensionBlock ?? (_extensions.Count > 0 ? ExtensionBlockState.Present : ExtensionBlockState.Absent)),
        .. _extensions.SelectMany(e => e.Type == (ushort)ExtensionType.ServerName && LoneServerName.Length > 0
            ? Wire(e.Type, 0, ushort.MaxValue)
            : [.. Wire(e.Type, e.WireLength, (ushort)e.Body.Length), .. e.Body]),
    ];

    public static byte[] Wire(params ushort[] values)
    {
        byte[] wire = new byte[values.Length * 2];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(i * 2), values[i]);
        }

        return wire;
    }

    private static byte[] Vector16(byte[] bytes) => [.. Wire((ushort)bytes.Length), .. bytes];
}
