using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// View over the held form of a ClientHello or ServerHello: the fields that an event may show, in the order of the wire, and nothing else. Key
/// shares, PSK identities and binders, tickets and cookies never get into it. Written by <see cref="HeldHelloWriter"/>.
/// </summary>
/// <remarks>
/// Layout (big-endian): first what each hello has of its own: <c>random</c> 32, <c>session_id</c> 1+n, body of the server_name extension 2+n. Then, in one run, what it
/// shares with all hellos of the same program and configuration: <c>legacy_version</c> 2, <c>cipher_suites</c> 2+n (a server's one suite is a list of one),
/// <c>compression_methods</c> 1+n, block state 1 (<see cref="ExtensionBlockState"/>), then per extension: type 2, wire length 2, held length 2, held body. All values of
/// RFC 8701 in it, but for signature algorithms, are the same one.
/// </remarks>
public readonly ref struct HeldHello
{
    /// <summary>Held length of a server_name whose body stands in front; longer than a body can be.</summary>
    internal const ushort StandsInFront = ushort.MaxValue;

    internal const int ExtensionHeader = 6;

    private const int RandomLength = 32;
    private const int SuitesOffset = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HeldHello(ReadOnlySpan<byte> held)
    {
        Random = held[..RandomLength];
        held = held[RandomLength..];
        LegacySessionId = held.Slice(1, held[0]);
        held = held[(1 + held[0])..];
        int name = BinaryPrimitives.ReadUInt16BigEndian(held);
        ServerNameBody = held.Slice(2, name);
        Shape = held[(2 + name)..];
    }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> Random { get; }

    /// <summary>0 to 32 bytes.</summary>
    public ReadOnlySpan<byte> LegacySessionId { get; }

    /// <summary>The body of the server_name extension, when there is one only and it can be read; else empty. The extension is enumerated all the same.</summary>
    public ReadOnlySpan<byte> ServerNameBody { get; }

    /// <summary>All but random, session id and server name, as one run of bytes: two hellos with the same run differ in nothing else that is held.</summary>
    public ReadOnlySpan<byte> Shape { get; }

    public ProtocolVersion LegacyVersion => (ProtocolVersion)BinaryPrimitives.ReadUInt16BigEndian(Shape);

    /// <summary>Offered suites in wire order, GREASE included; in a ServerHello exactly one.</summary>
    public CodePoints CipherSuites => new(Shape.Slice(SuitesOffset, SuitesLength));

    /// <summary>Offered methods in wire order; in a ServerHello exactly one.</summary>
    public ReadOnlySpan<byte> CompressionMethods => BehindSuites.Slice(1, BehindSuites[0]);

    public ExtensionBlockState ExtensionBlock => (ExtensionBlockState)BehindMethods[0];

    private int SuitesLength => BinaryPrimitives.ReadUInt16BigEndian(Shape[2..]);

    private ReadOnlySpan<byte> BehindSuites => Shape[(SuitesOffset + SuitesLength)..];

    private ReadOnlySpan<byte> BehindMethods => BehindSuites[(1 + BehindSuites[0])..];

    /// <summary>Extensions in wire order, GREASE included.</summary>
    public Enumerator GetEnumerator() => new(BehindMethods[1..], ServerNameBody);

    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _serverName;
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> extensions, ReadOnlySpan<byte> serverName)
        {
            _rest = extensions;
            _serverName = serverName;
        }

        public HeldExtension Current { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var type = (Extensions.ExtensionType)BinaryPrimitives.ReadUInt16BigEndian(_rest);
            int length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            int held = BinaryPrimitives.ReadUInt16BigEndian(_rest[4..]);
            if (held == StandsInFront)
            {
                Current = new HeldExtension(type, _serverName.Length, _serverName);
                _rest = _rest[ExtensionHeader..];
                return true;
            }

            Current = new HeldExtension(type, length, _rest.Slice(ExtensionHeader, held));
            _rest = _rest[(ExtensionHeader + held)..];
            return true;
        }
    }
}
