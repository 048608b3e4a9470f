using System.Security.Cryptography;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Text;

namespace TlsAppliance.Tls.Fingerprints;

/// <summary>
/// JA4 of a ClientHello over TCP (FoxIO, "JA4: TLS Client Fingerprinting"), without GREASE: <c>a_b_c</c>, where a tells version, SNI, counts and ALPN,
/// b the cipher suites, c the extensions and signature algorithms.
/// </summary>
public static class Ja4
{
    /// <summary>Characters of the hashed forms: <c>t13d1516h2_8daaf6152771_e5627efa2ab1</c>.</summary>
    public const int HashLength = PartALength + 1 + PartHashLength + 1 + PartHashLength;

    private const int PartALength = 10;
    private const int PartHashLength = 12;

    /// <summary>Four digits and a separator.</summary>
    private const int NumberLength = 5;

    /// <summary>A longer list is hostile: what is quadratic must not see it.</summary>
    private const int MaxInsertions = 64;

    /// <summary>Bytes that <see cref="Write"/> needs at most for this hello.</summary>
    public static int MaxLength(in HeldHello hello, Ja4Form form) =>
        form is Ja4Form.Hash or Ja4Form.OriginalHash ? HashLength : MaxRawLength(hello, new HelloFeatures(hello));

    /// <summary>Writes one form in ASCII and returns the bytes written.</summary>
    public static int Write(in HeldHello hello, Ja4Form form, Span<byte> destination)
    {
        var features = new HelloFeatures(hello);
        bool isSorted = form is Ja4Form.Hash or Ja4Form.Raw;
        if (form is Ja4Form.Raw or Ja4Form.OriginalRaw)
        {
            return WriteRaw(hello, features, isSorted, destination);
        }

        using var raw = new ScratchBuffer<byte>(MaxRawLength(hello, features));
        return WriteHashed(raw.Span[..WriteRaw(hello, features, isSorted, raw.Span)], destination);
    }

    private static int MaxRawLength(in HeldHello hello, in HelloFeatures features) =>
        PartALength + 2 + (NumberLength * (hello.CipherSuites.Count + features.ExtensionCount + features.SignatureAlgorithms.Count));

    private static int WriteRaw(in HeldHello hello, in HelloFeatures features, bool isSorted, Span<byte> destination)
    {
        using var scratch = new ScratchBuffer<ushort>(Math.Max(hello.CipherSuites.Count, features.ExtensionCount));
        Span<ushort> ciphers = scratch.Span[..Copy(hello.CipherSuites, scratch.Span)];
        var writer = new AsciiWriter(destination);
        AppendPartA(ref writer, hello, features, ciphers.Length);
        writer.Append((byte)'_');
        AppendList(ref writer, ciphers, isSorted);
        writer.Append((byte)'_');
        AppendList(ref writer, scratch.Span[..CopyExtensionTypes(hello, isSorted, scratch.Span)], isSorted);
        AppendSignatureAlgorithms(ref writer, features.SignatureAlgorithms);
        return writer.Length;
    }

    private static void AppendPartA(ref AsciiWriter writer, in HeldHello hello, in HelloFeatures features, int cipherCount)
    {
        writer.Append((byte)'t');
        writer.Append(VersionCharacters(HighestVersion(hello, features)));
        writer.Append(features.HasServerName ? (byte)'d' : (byte)'i');
        writer.AppendCount(cipherCount);
        writer.AppendCount(features.ExtensionCount);
        AppendProtocol(ref writer, features.FirstProtocol);
    }

    /// <summary>The highest of supported_versions by value, so that a draft wins; without any the legacy version.</summary>
    private static ushort HighestVersion(in HeldHello hello, in HelloFeatures features)
    {
        ushort highest = 0;
        CodePoints versions = features.SupportedVersions;
        for (int i = 0; i < versions.Count; i++)
        {
            highest = Grease.IsGrease(versions[i]) ? highest : Math.Max(highest, versions[i]);
        }

        return highest == 0 ? (ushort)hello.LegacyVersion : highest;
    }

    private static ReadOnlySpan<byte> VersionCharacters(ushort version) => (ProtocolVersion)version switch
    {
        ProtocolVersion.Tls13 => "13"u8,
        ProtocolVersion.Tls12 => "12"u8,
        ProtocolVersion.Tls11 => "11"u8,
        ProtocolVersion.Tls10 => "10"u8,
        ProtocolVersion.Ssl30 => "s3"u8,
        ProtocolVersion.Ssl20 => "s2"u8,
        _ => "00"u8,
    };

    /// <summary>First and last character; of the hexadecimal form when one of them is neither letter nor digit.</summary>
    private static void AppendProtocol(ref AsciiWriter writer, ReadOnlySpan<byte> protocol)
    {
        if (protocol.IsEmpty)
        {
            writer.Append("00"u8);
            return;
        }

        bool isPlain = char.IsAsciiLetterOrDigit((char)protocol[0]) && char.IsAsciiLetterOrDigit((char)protocol[^1]);
        writer.Append(isPlain ? protocol[0] : AsciiWriter.HexadecimalDigit(protocol[0] >> 4));
        writer.Append(isPlain ? protocol[^1] : AsciiWriter.HexadecimalDigit(protocol[^1]));
    }

    private static int Copy(CodePoints values, Span<ushort> destination)
    {
        int count = 0;
        for (int i = 0; i < values.Count; i++)
        {
            if (!Grease.IsGrease(values[i]))
            {
                destination[count++] = values[i];
            }
        }

        return count;
    }

    /// <summary>The sorted forms leave out server_name and ALPN, which part a tells.</summary>
    private static int CopyExtensionTypes(in HeldHello hello, bool isSorted, Span<ushort> destination)
    {
        int count = 0;
        if (hello.ExtensionBlock == ExtensionBlockState.Malformed)
        {
            return count;
        }

        foreach (HeldExtension extension in hello)
        {
            bool isToldByPartA = extension.Type is ExtensionType.ServerName or ExtensionType.ApplicationLayerProtocolNegotiation;
            if (!Grease.IsGrease((ushort)extension.Type) && !(isSorted && isToldByPartA))
            {
                destination[count++] = (ushort)extension.Type;
            }
        }

        return count;
    }

    private static void AppendList(ref AsciiWriter writer, Span<ushort> values, bool isSorted)
    {
        if (isSorted)
        {
            Sort(values);
        }

        int start = writer.Length;
        foreach (ushort value in values)
        {
            AppendNumber(ref writer, start, value);
        }
    }

    /// <summary>In place: a hello lists some twenty. The library's sort would first have to be compiled for numbers of this size.</summary>
    private static void Sort(Span<ushort> values)
    {
        if (values.Length > MaxInsertions)
        {
            values.Sort();
            return;
        }

        for (int end = 1; end < values.Length; end++)
        {
            ushort value = values[end];
            int at = end;
            for (; at > 0 && values[at - 1] > value; at--)
            {
                values[at] = values[at - 1];
            }

            values[at] = value;
        }
    }

    /// <summary>Always in the order of the wire; without any there is no underscore either.</summary>
    private static void AppendSignatureAlgorithms(ref AsciiWriter writer, CodePoints algorithms)
    {
        int start = writer.Length + 1;
        for (int i = 0; i < algorithms.Count; i++)
        {
            if (Grease.IsGrease(algorithms[i]))
            {
                continue;
            }

            if (writer.Length < start)
            {
                writer.Append((byte)'_');
            }

            AppendNumber(ref writer, start, algorithms[i]);
        }
    }

    private static void AppendNumber(ref AsciiWriter writer, int startOfList, ushort number)
    {
        if (writer.Length > startOfList)
        {
            writer.Append((byte)',');
        }

        writer.AppendHexadecimal(number);
    }

    /// <summary>Part a has a fixed length and no underscore; part b none either.</summary>
    private static int WriteHashed(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        ReadOnlySpan<byte> lists = raw[(PartALength + 1)..];
        int endOfCiphers = lists.IndexOf((byte)'_');
        var writer = new AsciiWriter(destination);
        writer.Append(raw[..(PartALength + 1)]);
        AppendHash(ref writer, lists[..endOfCiphers]);
        writer.Append((byte)'_');
        AppendHash(ref writer, lists[(endOfCiphers + 1)..]);
        return writer.Length;
    }

    /// <summary>Beginning of the SHA-256; zeros when there is nothing to hash.</summary>
    private static void AppendHash(ref AsciiWriter writer, ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            writer.Append("000000000000"u8);
            return;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> digits = stackalloc byte[PartHashLength];
        SHA256.HashData(list, hash);
        Convert.TryToHexStringLower(hash[..(PartHashLength / 2)], digits, out _);
        writer.Append(digits);
    }
}
