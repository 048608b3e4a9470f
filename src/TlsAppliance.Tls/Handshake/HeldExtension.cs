using TlsAppliance.Tls.Extensions;

namespace TlsAppliance.Tls.Handshake;

/// <summary>One extension of a <see cref="HeldHello"/>.</summary>
public readonly ref struct HeldExtension
{
    internal HeldExtension(ExtensionType type, int length, ReadOnlySpan<byte> body)
    {
        Type = type;
        Length = length;
        Body = body;
    }

    public ExtensionType Type { get; }

    /// <summary>Bytes of <c>extension_data</c> on the wire.</summary>
    public int Length { get; }

    /// <summary>
    /// What is held of the body. Whole for the documented extensions; for key_share only the groups (two bytes each, in wire order; of a server the
    /// one selected group); empty for pre_shared_key, cookie, session tickets, padding, encrypted_client_hello and all unknown ones.
    /// </summary>
    public ReadOnlySpan<byte> Body { get; }
}
