using System.Buffers.Binary;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// View over the held form of a ClientHello or ServerHello: the fields that an event may show, in the order of the wire, and nothing else. Key
/// shares, PSK identities and binders, tickets and cookies never get into it. Written by <see cref="HeldHelloWriter"/>.
/// </summary>
/// <remarks>
/// Layout (big-endian): <c>legacy_version</c> 2, <c>random</c> 32, <c>session_id</c> 1+n, <c>cipher_suites</c> 2+n (a server's one suite is a list
/// of one), <c>compression_methods</c> 1+n, block state 1 (<see cref="ExtensionBlockState"/>), then per extension: type 2, wire length 2, held
/// length 2, held body.
/// </remarks>
public readonly ref struct HeldHello
{
    private const int VersionLength = 2;
    private const int RandomLength = 32;

    private readonly ReadOnlySpan<byte> _extensions;

    public HeldHello(ReadOnlySpan<byte> held)
    {
        LegacyVersion = (ProtocolVersion)BinaryPrimitives.ReadUInt16BigEndian(held);
        Random = held.Slice(VersionLength, RandomLength);
        held = held[(VersionLength + RandomLength)..];
        LegacySessionId = held.Slice(1, held[0]);
        held = held[(1 + held[0])..];
        int ciphers = BinaryPrimitives.ReadUInt16BigEndian(held);
        CipherSuites = new CodePoints(held.Slice(2, ciphers));
        held = held[(2 + ciphers)..];
        CompressionMethods = held.Slice(1, held[0]);
        held = held[(1 + held[0])..];
        ExtensionBlock = (ExtensionBlockState)held[0];
        _extensions = held[1..];
    }

    public ProtocolVersion LegacyVersion { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> Random { get; }

    /// <summary>0 to 32 bytes.</summary>
    public ReadOnlySpan<byte> LegacySessionId { get; }

    /// <summary>Offered suites in wire order, GREASE included; in a ServerHello exactly one.</summary>
    public CodePoints CipherSuites { get; }

    /// <summary>Offered methods in wire order; in a ServerHello exactly one.</summary>
    public ReadOnlySpan<byte> CompressionMethods { get; }

    public ExtensionBlockState ExtensionBlock { get; }

    /// <summary>Extensions in wire order, GREASE included.</summary>
    public Enumerator GetEnumerator() => new(_extensions);

    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> extensions) => _rest = extensions;

        public HeldExtension Current { get; private set; }

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            int held = BinaryPrimitives.ReadUInt16BigEndian(_rest[4..]);
            Current = new HeldExtension(
                (Extensions.ExtensionType)BinaryPrimitives.ReadUInt16BigEndian(_rest),
                BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]),
                _rest.Slice(6, held));
            _rest = _rest[(6 + held)..];
            return true;
        }
    }
}
