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
    private const int FixedLength = 2 + ClientHello.RandomLength + 1 + 2 + 1 + 1;
    private const int ExtensionHeader = 6;
    private const int CodePointLength = 2;

    private readonly Span<byte> _destination;
    private int _length;

    private HeldHelloWriter(Span<byte> destination)
    {
        _destination = destination;
        _length = 0;
    }

    /// <summary>Bytes that <see cref="Write(in ClientHello, Span{byte})"/> needs.</summary>
    public static int Measure(in ClientHello hello) =>
        FixedLength + hello.LegacySessionId.Length + hello.CipherSuites.Length + hello.LegacyCompressionMethods.Length
        + Measure(hello.Extensions, isServer: false);

    /// <inheritdoc cref="Measure(in ClientHello)"/>
    public static int Measure(in ServerHello hello) =>
        FixedLength + hello.LegacySessionIdEcho.Length + CodePointLength + hello.LegacyCompressionMethod.Length + Measure(hello.Extensions, isServer: true);

    /// <inheritdoc cref="Measure(in ClientHello)"/>
    public static int Measure(in Ssl2ClientHello hello) =>
        FixedLength + hello.SessionId.Length + CountSuites(hello.CipherSpecs) * CodePointLength + 1;

    /// <summary>Writes the held form and tells its length.</summary>
    public static int Write(in ClientHello hello, Span<byte> destination)
    {
        HeldHelloWriter writer = new(destination);
        writer.UInt16((ushort)hello.LegacyVersion);
        writer.Bytes(hello.Random);
        writer.Vector8(hello.LegacySessionId);
        writer.UInt16((ushort)hello.CipherSuites.Length);
        writer.Bytes(hello.CipherSuites);
        writer.Vector8(hello.LegacyCompressionMethods);
        writer.Extensions(hello.Extensions, isServer: false);
        return writer._length;
    }

    /// <inheritdoc cref="Write(in ClientHello, Span{byte})"/>
    public static int Write(in ServerHello hello, Span<byte> destination)
    {
        HeldHelloWriter writer = new(destination);
        writer.UInt16((ushort)hello.LegacyVersion);
        writer.Bytes(hello.Random);
        writer.Vector8(hello.LegacySessionIdEcho);
        writer.UInt16(CodePointLength);
        writer.UInt16((ushort)hello.CipherSuite);
        writer.Vector8(hello.LegacyCompressionMethod);
        writer.Extensions(hello.Extensions, isServer: true);
        return writer._length;
    }

    /// <summary>
    /// As a ClientHello: the challenge stands right-aligned in the random (RFC 5246 Appendix E.2), kinds that only SSLv2 knows are left out.
    /// </summary>
    public static int Write(in Ssl2ClientHello hello, Span<byte> destination)
    {
        HeldHelloWriter writer = new(destination);
        writer.UInt16((ushort)hello.Version);
        writer.Zeros(ClientHello.RandomLength - hello.Challenge.Length);
        writer.Bytes(hello.Challenge);
        writer.Vector8(hello.SessionId);
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

    private static int Measure(ExtensionBlock extensions, bool isServer)
    {
        int length = 0;
        foreach (HeldExtension extension in extensions)
        {
            length += ExtensionHeader + HeldLength(extension, isServer);
        }

        return length;
    }

    private static int HeldLength(HeldExtension extension, bool isServer)
    {
        if (extension.Type != ExtensionType.KeyShare)
        {
            return IsHeldWhole(extension.Type) ? extension.Body.Length : 0;
        }

        if (isServer)
        {
            return KeyShare.SelectedGroup(extension.Body) == NamedGroup.None ? 0 : CodePointLength;
        }

        int length = 0;
        foreach (ushort _ in KeyShare.ClientGroups(extension.Body))
        {
            length += CodePointLength;
        }

        return length;
    }

    /// <summary>Extensions whose body is documented and says nothing that has to stay secret.</summary>
    private static bool IsHeldWhole(ExtensionType type) => type is
        ExtensionType.ServerName or ExtensionType.MaxFragmentLength or ExtensionType.StatusRequest or ExtensionType.CertType
        or ExtensionType.SupportedGroups or ExtensionType.EcPointFormats or ExtensionType.Srp or ExtensionType.SignatureAlgorithms
        or ExtensionType.ApplicationLayerProtocolNegotiation or ExtensionType.ClientCertificateType or ExtensionType.ServerCertificateType
        or ExtensionType.CompressCertificate or ExtensionType.RecordSizeLimit or ExtensionType.DelegatedCredential
        or ExtensionType.SupportedVersions or ExtensionType.PskKeyExchangeModes or ExtensionType.SignatureAlgorithmsCert;

    private void Extensions(ExtensionBlock extensions, bool isServer)
    {
        Byte((byte)extensions.State);
        foreach (HeldExtension extension in extensions)
        {
            UInt16((ushort)extension.Type);
            UInt16((ushort)extension.Length);
            UInt16((ushort)HeldLength(extension, isServer));
            Body(extension, isServer);
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

    private void Zeros(int count)
    {
        _destination.Slice(_length, count).Clear();
        _length += count;
    }
}
