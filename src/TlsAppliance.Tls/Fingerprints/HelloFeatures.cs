using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>
/// What fingerprints need of the extensions of a hello, gathered in one pass. Of an extension that occurs twice the later one holds; one that
/// cannot be read counts, but gives nothing. A malformed block has no extensions.
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
                case ExtensionType.SupportedGroups when Extensions.SupportedGroups.TryRead(extension.Body, out CodePoints groups):
                    Groups = groups;
                    break;
                case ExtensionType.EcPointFormats when SupportedPointFormats.TryRead(extension.Body, out ReadOnlySpan<byte> formats):
                    PointFormats = formats;
                    break;
                case ExtensionType.SignatureAlgorithms when Extensions.SignatureAlgorithms.TryRead(extension.Body, out CodePoints schemes):
                    SignatureAlgorithms = schemes;
                    break;
                case ExtensionType.SupportedVersions when Extensions.SupportedVersions.TryRead(extension.Body, out SupportedVersions versions):
                    SupportedVersions = versions.Versions;
                    break;
                case ExtensionType.ApplicationLayerProtocolNegotiation when ApplicationProtocols.TryRead(extension.Body, out ApplicationProtocols names):
                    FirstProtocol = names.First;
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
}
