using System.Runtime.CompilerServices;
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
    private readonly ExtensionTypeSet _once;
    private readonly ExtensionTypeSet _again;

    private ExtensionBlock(ExtensionBlockState state) => State = state;

    private ExtensionBlock(ReadOnlySpan<byte> extensions, bool hasTrailingData, ExtensionTypeSet once, ExtensionTypeSet again)
    {
        State = extensions.IsEmpty ? ExtensionBlockState.Empty : ExtensionBlockState.Present;
        HasTrailingData = hasTrailingData;
        _extensions = extensions;
        _once = once;
        _again = again;
    }

    public ExtensionBlockState State { get; }

    /// <summary>Bytes follow the block inside the hello.</summary>
    public bool HasTrailingData { get; }

    /// <summary>Bytes of all extensions with their headers.</summary>
    public int Length => _extensions.Length;

    /// <summary>Reads what is left of a hello. A block that contradicts itself has no extensions.</summary>
    public static ExtensionBlock Read(WireReader rest)
    {
        if (rest.IsEmpty)
        {
            return new ExtensionBlock(ExtensionBlockState.Absent);
        }

        if (!rest.TryReadVector16(out ReadOnlySpan<byte> extensions) || !AllFit(extensions, out ExtensionTypeSet once, out ExtensionTypeSet again))
        {
            return new ExtensionBlock(ExtensionBlockState.Malformed);
        }

        return new ExtensionBlock(extensions, !rest.IsEmpty, once, again);
    }

    /// <summary>The extension is there. Only for types that <see cref="ExtensionTypeSet"/> can hold.</summary>
    public bool Has(ExtensionType type) => _once.Contains(type);

    /// <summary>The extension is there more than once. Only for types that <see cref="ExtensionTypeSet"/> can hold.</summary>
    public bool HasAgain(ExtensionType type) => _again.Contains(type);

    /// <summary>The body of the first extension of the type. Only for types that <see cref="ExtensionTypeSet"/> can hold.</summary>
    public bool TryFind(ExtensionType type, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (!Has(type))
        {
            return false;
        }

        Enumerator extensions = GetEnumerator();
        while (extensions.MoveNext() && extensions.Current.Type != type)
        {
        }

        body = extensions.Current.Body;
        return true;
    }

    public Enumerator GetEnumerator() => new(_extensions);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AllFit(ReadOnlySpan<byte> extensions, out ExtensionTypeSet once, out ExtensionTypeSet again)
    {
        once = again = default;
        WireReader reader = new(extensions);
        while (!reader.IsEmpty)
        {
            if (!reader.TryReadUInt16(out ushort type) || !reader.TryReadVector16(out _))
            {
                return false;
            }

            if (!once.Add((ExtensionType)type))
            {
                again.Add((ExtensionType)type);
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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
