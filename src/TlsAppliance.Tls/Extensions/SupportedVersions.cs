using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Extensions;

/// <summary>supported_versions (RFC 8446 §4.2.1): a client's list in its order, GREASE included, or the one version a server selected.</summary>
public readonly ref struct SupportedVersions
{
    private const int SelectionLength = 2;

    private SupportedVersions(ReadOnlySpan<byte> wire, bool isSelection)
    {
        Versions = new CodePoints(wire);
        IsSelection = isSelection;
    }

    /// <summary>True for the server's form: two bytes without a length in front.</summary>
    public bool IsSelection { get; }

    /// <summary>The offered versions; of the server's form the one selected.</summary>
    public CodePoints Versions { get; }

    /// <summary>The selected version of the server's form, else <see cref="ProtocolVersion.None"/>.</summary>
    public ProtocolVersion Selected => IsSelection ? (ProtocolVersion)Versions[0] : ProtocolVersion.None;

    /// <summary>False when the list is odd or longer than the extension. Bytes after the list do no harm.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out SupportedVersions versions)
    {
        versions = default;
        if (body.Length == SelectionLength)
        {
            versions = new SupportedVersions(body, isSelection: true);
            return true;
        }

        WireReader reader = new(body);
        if (body.Length < SelectionLength || !reader.TryReadVector8(out ReadOnlySpan<byte> list) || list.Length % 2 != 0)
        {
            return false;
        }

        versions = new SupportedVersions(list, isSelection: false);
        return true;
    }
}
