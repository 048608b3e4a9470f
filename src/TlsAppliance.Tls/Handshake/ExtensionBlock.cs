using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Wire;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// The extensions at the end of a hello (RFC 8446 §4.2): length 2, then per extension <c>extension_type</c> 2, <c>extension_data</c> 2+n. Absent in
/// hellos before RFC 3546.
/// </summary>
internal readonly ref struct ExtensionBlock
{
    private readonly ReadOnlySpan<byte> _extensions;

    private ExtensionBlock(ExtensionBlockState state, ReadOnlySpan<byte> extensions = default, bool hasTrailingData = false)
    {
        State = state;
        _extensions = extensions;
        HasTrailingData = hasTrailingData;
    }

    public ExtensionBlockState State { get; }

    /// <summary>Bytes follow the block inside the hello.</summary>
    public bool HasTrailingData { get; }

    /// <summary>Reads what is left of a hello. A block that contradicts itself has no extensions.</summary>
    public static ExtensionBlock Read(WireReader rest)
    {
        if (rest.IsEmpty)
        {
            return new ExtensionBlock(ExtensionBlockState.Absent);
        }

        if (!rest.TryReadVector16(out ReadOnlySpan<byte> extensions) || !AllFit(extensions))
        {
            return new ExtensionBlock(ExtensionBlockState.Malformed);
        }

        return new ExtensionBlock(extensions.IsEmpty ? ExtensionBlockState.Empty : ExtensionBlockState.Present, extensions, !rest.IsEmpty);
    }

    public Enumerator GetEnumerator() => new(_extensions);

    private static bool AllFit(ReadOnlySpan<byte> extensions)
    {
        WireReader reader = new(extensions);
        while (!reader.IsEmpty)
        {
            if (!reader.TryReadUInt16(out _) || !reader.TryReadVector16(out _))
            {
                return false;
            }
        }

        return true;
    }

    public ref struct Enumerator
    {
        private WireReader _reader;

        internal Enumerator(ReadOnlySpan<byte> extensions) => _reader = new WireReader(extensions);

        /// <summary>The extension with its whole body, as it stands on the wire.</summary>
        public HeldExtension Current { get; private set; }

        public bool MoveNext()
        {
            if (!_reader.TryReadUInt16(out ushort type) || !_reader.TryReadVector16(out ReadOnlySpan<byte> body))
            {
                return false;
            }

            Current = new HeldExtension((ExtensionType)type, body.Length, body);
            return true;
        }
    }
}
