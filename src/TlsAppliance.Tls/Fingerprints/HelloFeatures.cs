using System.Buffers.Binary;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>
/// What fingerprints need of the extensions of a hello, gathered in one pass. Of an extension that occurs twice the later one holds. A malformed
/// block has no extensions.
/// </summary>
internal readonly ref struct HelloFeatures
{
    internal HelloFeatures(in HeldHello hello)
    {
        if (hello.ExtensionBlock == ExtensionBlockState.Malformed)
        {
            return;
        }

        foreach (HeldExtension extension in hello)
        {
            if (Grease.IsGrease((ushort)extension.Type))
            {
                continue;
            }

            ExtensionCount++;
            switch (extension.Type)
            {
                case ExtensionType.ServerName:
                    HasServerName = true;
                    break;
                case ExtensionType.SupportedGroups:
                    Groups = new CodePoints(ListAfterWordLength(extension.Body));
                    break;
                case ExtensionType.EcPointFormats:
                    PointFormats = ListAfterByteLength(extension.Body);
                    break;
                case ExtensionType.SignatureAlgorithms:
                    SignatureAlgorithms = new CodePoints(ListAfterWordLength(extension.Body));
                    break;
                case ExtensionType.SupportedVersions:
                    SupportedVersions = new CodePoints(ListAfterByteLength(extension.Body));
                    break;
                case ExtensionType.ApplicationLayerProtocolNegotiation:
                    FirstProtocol = ListAfterByteLength(ListAfterWordLength(extension.Body));
                    break;
            }
        }
    }

    /// <summary>Without GREASE.</summary>
    internal int ExtensionCount { get; }

    internal bool HasServerName { get; }

    internal CodePoints Groups { get; }

    internal ReadOnlySpan<byte> PointFormats { get; }

    internal CodePoints SignatureAlgorithms { get; }

    internal CodePoints SupportedVersions { get; }

    /// <summary>First value of the ALPN extension.</summary>
    internal ReadOnlySpan<byte> FirstProtocol { get; }

    /// <summary>A list that claims more than there is ends with the body.</summary>
    private static ReadOnlySpan<byte> ListAfterWordLength(ReadOnlySpan<byte> body) =>
        body.Length < 2 ? default : body.Slice(2, Math.Min(BinaryPrimitives.ReadUInt16BigEndian(body), body.Length - 2));

    private static ReadOnlySpan<byte> ListAfterByteLength(ReadOnlySpan<byte> body) =>
        body.IsEmpty ? default : body.Slice(1, Math.Min(body[0], body.Length - 1));
}
