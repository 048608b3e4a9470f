using System.Buffers.Binary;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Handshake;

/// <summary>
/// Writes the held form of a hello (layout: <see cref="HeldHello"/>). This is the one place that decides which bytes of a handshake outlive the
/// message: what is not copied here can reach no event.
/// </summary>
internal ref struct HeldHelloWriter
{
    /// <summary>Random, lengths of session id, server name, suites and methods, version, state of the block.</summary>
    private const int FixedLength = ClientHello.RandomLength + 1 + 2 + 2 + 2 + 1 + 1;
    private const int CodePointLength = 2;

    /// <summary>An extension grows by its held length: from 4 bytes at least to 6.</summary>
    private const int LongestGrowth = 2;

    private readonly Span<byte> _destination;
    private int _length;

    private HeldHelloWriter(Span<byte> destination)
    {
        _destination = destination;
        _length = 0;
    }

    /// <summary>Room for <see cref="Write(in ClientHello, Span{byte})"/>; much of it is not needed when the hello has keys and tickets.</summary>
    public static int MaxLength(in ClientHello hello) =>
        FixedLength + hello.LegacySessionId.Length + hello.CipherSuites.Length + hello.LegacyCompressionMethods.Length + LongestGrowth * hello.Extensions.Length;

    /// <inheritdoc cref="MaxLength(in ClientHello)"/>
    public static int MaxLength(in ServerHello hello) =>
        FixedLength + hello.LegacySessionIdEcho.Length + CodePointLength + hello.LegacyCompressionMethod.Length + LongestGrowth * hello.Extensions.Length;

    /// <inheritdoc cref="MaxLength(in ClientHello)"/>
    public static int MaxLength(in Ssl2ClientHello hello) => FixedLength + hello.SessionId.Length + hello.CipherSpecs.Length + 1;

    /// <summary>Writes the held form and tells its length.</summary>
    public static int Write(in ClientHello hello, Span<byte> destination)
    {
        HeldHelloWriter writer = new(destination);
        ReadOnlySpan<byte> serverName = LoneServerName(hello.Extensions);
        writer.Bytes(hello.Random);
        writer.Vector8(hello.LegacySessionId);
        writer.Vector16(serverName);
        writer.UInt16((ushort)hello.LegacyVersion);
        writer.Vector16(hello.CipherSuites);
        Grease.MakeEqual(writer.Last(hello.CipherSuites.Length));
        writer.Vector8(hello.LegacyCompressionMethods);
        writer.Extensions(hello.Extensions, serverName, isServer: false);
        return writer._length;
    }

    /// <inheritdoc cref="Write(in ClientHello, Span{byte})"/>
    public static int Write(in ServerHello hello, Span<byte> destination)
    {
        HeldHelloWriter writer = new(destination);
        ReadOnlySpan<byte> serverName = LoneServerName(hello.Extensions);
        writer.Bytes(hello.Random);
        writer.Vector8(hello.LegacySessionIdEcho);
        writer.Vector16(serverName);
        writer.UInt16((ushort)hello.LegacyVersion);
        writer.UInt16(CodePointLength);
        writer.UInt16((ushort)hello.CipherSuite);
        writer.Vector8(hello.LegacyCompressionMethod);
        writer.Extensions(hello.Extensions, serverName, isServer: true);
        return writer._length;
    }

    /// <summary>
    /// As a ClientHello: the challenge stands right-aligned in the random (RFC 5246 Appendix E.2), kinds that only SSLv2 knows are left out.
    /// </summary>
    public static int Write(in Ssl2ClientHello hello, Span<byte> destination)
    {
        HeldHelloWriter writer = new(destination);
        writer.Zeros(ClientHello.RandomLength - hello.Challenge.Length);
        writer.Bytes(hello.Challenge);
        writer.Vector8(hello.SessionId);
        writer.UInt16(0);
        writer.UInt16((ushort)hello.Version);
        writer.UInt16((ushort)(CountSuites(hello.CipherSpecs) * CodePointLength));
        for (int i = 0; i < hello.CipherSpecs.Length; i += Ssl2ClientHello.CipherSpecLength)
        {
            if (hello.CipherSpecs[i] == 0)
            {
                writer.Bytes(hello.CipherSpecs.Slice(i + 1, CodePointLength));
            }
        }

        writer.Vector8([0]);
        writer.Byte((byte)ExtensionBlockState.Absent);
        return writer._length;
    }

    private static int CountSuites(ReadOnlySpan<byte> cipherSpecs)
    {
        int count = 0;
        for (int i = 0; i < cipherSpecs.Length; i += Ssl2ClientHello.CipherSpecLength)
        {
            count += cipherSpecs[i] == 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The body of the only server_name, when it can be read.</summary>
    private static ReadOnlySpan<byte> LoneServerName(in ExtensionBlock extensions) =>
        !extensions.HasAgain(ExtensionType.ServerName) && extensions.TryFind(ExtensionType.ServerName, out ReadOnlySpan<byte> body) && ServerName.TryRead(body, out _)
            ? body
            : default;

    /// <summary>Extensions whose body is documented and says nothing that has to stay secret.</summary>
    private static bool IsHeldWhole(ExtensionType type) => type is
        ExtensionType.ServerName or ExtensionType.MaxFragmentLength or ExtensionType.StatusRequest or ExtensionType.CertType
        or ExtensionType.SupportedGroups or ExtensionType.EcPointFormats or ExtensionType.Srp or ExtensionType.SignatureAlgorithms
        or ExtensionType.ApplicationLayerProtocolNegotiation or ExtensionType.ClientCertificateType or ExtensionType.ServerCertificateType
        or ExtensionType.CompressCertificate or ExtensionType.RecordSizeLimit or ExtensionType.DelegatedCredential
        or ExtensionType.SupportedVersions or ExtensionType.PskKeyExchangeModes or ExtensionType.SignatureAlgorithmsCert;

    /// <summary>Where the code points begin in a body that may hold GREASE among them, as long as it is well-formed; -1: nothing is made equal.</summary>
    private static int FirstCodePoint(ExtensionType type) => type switch
    {
        ExtensionType.KeyShare => 0,
        ExtensionType.SupportedVersions => 1,
        ExtensionType.SupportedGroups => 2,
        _ => -1,
    };

    private void Extensions(in ExtensionBlock extensions, ReadOnlySpan<byte> serverName, bool isServer)
    {
        Byte((byte)extensions.State);
        foreach (HeldExtension extension in extensions)
        {
            UInt16(Grease.IsGrease((ushort)extension.Type) ? Grease.First : (ushort)extension.Type);
            if (extension.Type == ExtensionType.ServerName && !serverName.IsEmpty)
            {
                UInt16(0);
                UInt16(HeldHello.StandsInFront);
                continue;
            }

            UInt16((ushort)extension.Length);
            Span<byte> heldLength = _destination[_length..];
            UInt16(0);
            int start = _length;
            Body(extension, isServer);
            BinaryPrimitives.WriteUInt16BigEndian(heldLength, (ushort)(_length - start));
            if (FirstCodePoint(extension.Type) is var first and >= 0 && first < _length - start)
            {
                Grease.MakeEqual(_destination[(start + first).._length]);
            }
        }
    }

    private void Body(HeldExtension extension, bool isServer)
    {
        if (extension.Type != ExtensionType.KeyShare)
        {
            Bytes(IsHeldWhole(extension.Type) ? extension.Body : default);
        }
        else if (!isServer)
        {
            foreach (ushort group in KeyShare.ClientGroups(extension.Body))
            {
                UInt16(group);
            }
        }
        else if (KeyShare.SelectedGroup(extension.Body) is NamedGroup group and not NamedGroup.None)
        {
            UInt16((ushort)group);
        }
    }

    /// <summary>The bytes written last.</summary>
    private readonly Span<byte> Last(int count) => _destination[(_length - count).._length];

    private void Byte(byte value) => _destination[_length++] = value;

    private void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_destination[_length..], value);
        _length += CodePointLength;
    }

    private void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[_length..]);
        _length += bytes.Length;
    }

    private void Vector8(scoped ReadOnlySpan<byte> bytes)
    {
        Byte((byte)bytes.Length);
        Bytes(bytes);
    }

    private void Vector16(scoped ReadOnlySpan<byte> bytes)
    {
        UInt16((ushort)bytes.Length);
        Bytes(bytes);
    }

    private void Zeros(int count)
    {
        _destination.Slice(_length, count).Clear();
        _length += count;
    }
}
