using TlsAppliance.Tls.Extensions;

namespace TlsAppliance.Tls.Handshake;

/// <summary>A set of extension types below 64, which are all that the handshake asks for; it takes in no others.</summary>
internal struct ExtensionTypeSet
{
    private const int Size = 64;

    private ulong _types;

    /// <summary>False when the type was in the set already.</summary>
    public bool Add(ExtensionType type)
    {
        ulong bit = Bit(type);
        bool isNew = (_types & bit) == 0;
        _types |= bit;
        return isNew;
    }

    public readonly bool Contains(ExtensionType type) => (_types & Bit(type)) != 0;

    private static ulong Bit(ExtensionType type) => (int)type < Size ? 1UL << (int)type : 0;
}
