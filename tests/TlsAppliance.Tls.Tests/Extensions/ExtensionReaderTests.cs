using System.Text;
using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using KeyShare = TlsAppliance.Tls.Extensions.KeyShare;

namespace TlsAppliance.Tls.Tests.Extensions;

/// <summary>Every reader of an extension: whole, every prefix, one byte more, mutated.</summary>
public class ExtensionReaderTests
{
    /// <summary>A body, what it reads as, how many prefixes of it are well-formed, and what one byte more makes of it.</summary>
    public static TheoryData<string, Extension, string, int, string?> Readers() => new()
    {
        { "server_name", Extension.ServerName("a.de", "b"), "a.de,b", 11, "a.de,b" },
        { "max_fragment_length", Extension.MaxFragmentLength(2), "2", 0, null },
        { "status_request", Extension.StatusRequest(3, 4), "1,3,4", 9, "1,3,4" },
        { "cert_type", new Extension(9, [2, 1, 0]), "1,0", 2, "1,0" },
        { "supported_groups", Extension.SupportedGroups(29, 23), "29,23", 0, null },
        { "ec_point_formats", Extension.EcPointFormats(0, 1), "0,1", 0, null },
        { "srp", Extension.Srp("root"), "root", 0, "root" },
        { "signature_algorithms", Extension.SignatureAlgorithms(0x0403, 0x0804), "1027,2052", 0, null },
        { "alpn", Extension.ApplicationProtocols("h2", "http/1.1"), "h2,http/1.1", 0, null },
        { "compress_certificate", new Extension(27, [4, 0, 1, 0, 2]), "1,2", 0, null },
        { "record_size_limit", new Extension(28, [0x40, 0x01]), "16385", 0, null },
        { "supported_versions", Extension.SupportedVersions(0x0304, 0x0303), "772,771", 1, "772,771" },
        { "psk_key_exchange_modes", Extension.PskKeyExchangeModes(0, 1), "0,1", 0, null },
        { "key_share", Extension.KeyShare([7, 7], 29, 23), "29,23", 14, "29,23" },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void Reads_the_whole_and_of_prefixes_what_is_complete(string reader, Extension extension, string expected, int readable, string? oneMore)
    {
        Assert.Equal(expected, Read(reader, extension.Body));
        Assert.Equal(readable, Cutter.Prefixes(extension.Body).Count(prefix => Read(reader, prefix) is not null));
        if (reader != "status_request" /* whose lengths are shown as declared */)
        {
            Assert.All(Cutter.Prefixes(extension.Body), prefix => Assert.NotEqual(expected, Read(reader, prefix)));
        }

        Assert.Equal(oneMore, Read(reader, Cutter.OneByteMore(extension.Body)));
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Mutations_end_and_never_throw(string reader, Extension extension, string expected, int readable, string? oneMore)
    {
        _ = (expected, readable, oneMore);
        foreach (byte[] mutation in Cutter.Mutations(extension.Body, seed: extension.Type, count: 10_000))
        {
            _ = Read(reader, mutation);
        }
    }

    [Fact]
    public void A_selected_version_is_told_from_a_list_by_its_length()
    {
        Assert.True(SupportedVersions.TryRead([3, 4], out SupportedVersions versions));
        Assert.True(versions.IsSelection);
        Assert.Equal(0x0304, (int)versions.Selected);
        Assert.True(SupportedVersions.TryRead([2, 3, 4], out versions));
        Assert.False(versions.IsSelection);
    }

    [Fact]
    public void Of_other_name_types_nothing_is_shown()
    {
        byte[] list = new WireWriter().UInt8(9).Vector16(1, 2).UInt8(0).Vector16("b"u8).ToArray();
        Assert.Equal("b", Read("server_name", new WireWriter().Vector16(list).ToArray()));
    }

    [Fact]
    public void H41_server_names_empty_long_binary_and_hostile_come_through_as_bytes()
    {
        Assert.Null(Read("server_name", []));
        Assert.Equal("", Read("server_name", [0, 0]));
        Assert.Equal("", Read("server_name", Extension.ServerName("").Body));
        foreach (string name in (string[])["a\0b", "\u001b[31m", "x\r\ny", "<script>", "ends.with.dot.", "192.0.2.1", "\u202Eevil", "xn--xn--xn--", "UPPER"])
        {
            Assert.Equal(name, Read("server_name", Extension.ServerName(name).Body));
        }

        string longest = new('x', 65_530);
        Assert.Equal(longest, Read("server_name", Extension.ServerName(longest).Body));
        Assert.Equal("", Read("server_name", [0xFF, 0xFF, 0, 0xFF, 0xFF, 1]));
        Assert.True(ServerName.TryRead(new WireWriter().Vector16(0, 0, 2, 0xC3, 0x28).ToArray(), out ServerName names));
        Assert.Equal([0xC3, 0x28], names.First.ToArray());
    }

    [Fact]
    public void H42_protocol_lists_empty_with_empty_names_binary_and_long()
    {
        Assert.Equal("", Read("alpn", [0, 0]));
        Assert.Equal("", Read("alpn", Extension.ApplicationProtocols("").Body));
        Assert.Equal(new string('p', 255), Read("alpn", Extension.ApplicationProtocols(new string('p', 255)).Body));
        Assert.True(ApplicationProtocols.TryRead([0, 3, 2, 0xFF, 0x00], out ApplicationProtocols protocols));
        Assert.Equal([0xFF, 0x00], protocols.First.ToArray());
        string[] many = [.. Enumerable.Repeat("h2", 10_000)];
        Assert.Equal(string.Join(',', many), Read("alpn", Extension.ApplicationProtocols(many).Body));
    }

    [Fact]
    public void H43_supported_versions_empty_odd_past_the_end_and_GREASE_only()
    {
        Assert.Null(Read("supported_versions", []));
        Assert.Null(Read("supported_versions", [0]));
        Assert.Null(Read("supported_versions", [3, 3, 4, 3]));
        Assert.Null(Read("supported_versions", [4, 3, 4, 3]));
        Assert.Equal("31354", Read("supported_versions", [2, 0x7A, 0x7A]));
    }

    [Fact]
    public void H44_lists_of_code_points_odd_disagreeing_empty_and_full()
    {
        foreach (string reader in (string[])["supported_groups", "signature_algorithms"])
        {
            Assert.Equal("", Read(reader, [0, 0]));
            Assert.Null(Read(reader, []));
            Assert.Null(Read(reader, [0, 4, 0, 29]));
            Assert.Null(Read(reader, [0, 2, 0, 29, 0, 23]));
            Assert.Equal("29", Read(reader, [0, 3, 0, 29, 9]));
            ushort[] many = [.. Enumerable.Range(1, 32_767).Select(value => (ushort)value)];
            Assert.Equal(string.Join(',', many), Read(reader, Extension.SupportedGroups(many).Body));
        }

        Assert.Equal("", Read("ec_point_formats", [0]));
        Assert.Null(Read("ec_point_formats", [2, 0]));
    }

    private static string? Read(string reader, byte[] body)
    {
        switch (reader)
        {
            case "server_name":
                return ServerName.TryRead(body, out ServerName names) ? Join(names) : null;
            case "alpn":
                return ApplicationProtocols.TryRead(body, out ApplicationProtocols protocols) ? Join(protocols) : null;
            case "max_fragment_length":
                return MaxFragmentLength.TryRead(body, out byte code) ? $"{code}" : null;
            case "record_size_limit":
                return RecordSizeLimit.TryRead(body, out ushort limit) ? $"{limit}" : null;
            case "status_request":
                return StatusRequest.TryRead(body, out StatusRequest request)
                    ? $"{request.Type},{request.ResponderIdListLength},{request.RequestExtensionsLength}"
                    : null;
            case "cert_type":
                return CertificateType.TryRead(body, out ReadOnlySpan<byte> types) ? string.Join(',', types.ToArray()) : null;
            case "ec_point_formats":
                return SupportedPointFormats.TryRead(body, out ReadOnlySpan<byte> formats) ? string.Join(',', formats.ToArray()) : null;
            case "psk_key_exchange_modes":
                return PskKeyExchangeModes.TryRead(body, out ReadOnlySpan<byte> modes) ? string.Join(',', modes.ToArray()) : null;
            case "srp":
                return Srp.TryRead(body, out ReadOnlySpan<byte> user) ? Encoding.UTF8.GetString(user) : null;
            case "supported_groups":
                return SupportedGroups.TryRead(body, out CodePoints groups) ? Join(groups) : null;
            case "signature_algorithms":
                return SignatureAlgorithms.TryRead(body, out CodePoints schemes) ? Join(schemes) : null;
            case "compress_certificate":
                return CompressCertificate.TryRead(body, out CodePoints algorithms) ? Join(algorithms) : null;
            case "supported_versions":
                return SupportedVersions.TryRead(body, out SupportedVersions versions) ? Join(versions.Versions) : null;
            case "key_share":
                List<ushort> shares = [];
                foreach (ushort group in KeyShare.ClientGroups(body))
                {
                    shares.Add(group);
                }

                return string.Join(',', shares);
            default:
                throw new ArgumentOutOfRangeException(nameof(reader), reader, null);
        }
    }

    private static string Join(ServerName names)
    {
        List<string> texts = [];
        foreach (ReadOnlySpan<byte> name in names)
        {
            texts.Add(Encoding.UTF8.GetString(name));
        }

        return string.Join(',', texts);
    }

    private static string Join(ApplicationProtocols names)
    {
        List<string> texts = [];
        foreach (ReadOnlySpan<byte> name in names)
        {
            texts.Add(Encoding.UTF8.GetString(name));
        }

        return string.Join(',', texts);
    }

    private static string Join(CodePoints points)
    {
        List<ushort> values = [];
        for (int i = 0; i < points.Count; i++)
        {
            values.Add(points[i]);
        }

        return string.Join(',', values);
    }
}
