using System.Text;
using TlsAppliance.Testing;
using TlsAppliance.Testing.Certificates;
using TlsAppliance.Tls.Certificates;
using static TlsAppliance.Testing.Certificates.CertificateForge;

namespace TlsAppliance.Tls.Tests.Certificates;

/// <summary>Classes C54 to C63 of malformed input: what is damaged is named, everything else is still there.</summary>
public sealed class HostileCertificateTests
{
    private const byte Utf8String = 0x0C;
    private const byte T61String = 0x14;
    private const byte UniversalString = 0x1C;
    private const byte BmpString = 0x1E;
    private const int Dns = 2;
    private const int Ip = 7;

    [Fact]
    public void Forged_certificate_is_sound_as_it_stands()
    {
        CertificateFacts facts = Read(new CertificateForge());

        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
        Assert.Equal("CN=subject.test", facts.Subject.Text);
        Assert.Equal("CN=issuer.test", facts.Issuer.Text);
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })] // indefinite
    [InlineData(new byte[] { 0xFF })] // 127 octets of length
    [InlineData(new byte[] { 0x85, 0, 0, 0, 0, 1 })] // five octets of length
    [InlineData(new byte[] { 0x84, 0xFF, 0xFF, 0xFF, 0xFF })] // 4 GiB
    [InlineData(new byte[] { 0x84, 0x7F, 0xFF, 0xFF, 0xFF })] // 2 GiB
    [InlineData(new byte[] { 0x82, 0x01 })] // cut in the length
    [InlineData(new byte[] { 0x7F })] // past the end
    public void C54_impossible_length_of_the_certificate(byte[] length)
    {
        Assert.Equal(CertificateAnomalies.Unreadable, CertificateReader.Read(Der.WithLengthOctets(0x30, length, 0x30)).Anomalies);
    }

    [Fact]
    public void C54_impossible_length_inside_loses_only_what_follows()
    {
        CertificateFacts facts = Read(new CertificateForge { Validity = Der.WithLengthOctets(0x30, [0x84, 0xFF, 0xFF, 0xFF, 0xFF], 1) });

        Assert.Equal("issuer.test", facts.Issuer.CommonName);
        Assert.Null(facts.NotBefore);
        Assert.Null(facts.PublicKeyAlgorithm);
        Assert.Equal("", facts.Subject.Text);
    }

    [Fact]
    public void C54_length_that_is_not_minimal_is_understood()
    {
        CertificateFacts facts = Read(new CertificateForge { SerialNumber = Der.WithLengthOctets(0x02, [0x83, 0, 0, 1], 5) });

        Assert.Equal([5], facts.SerialNumber.ToArray());
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Fact]
    public void C54_signed_part_cut_at_every_byte_keeps_what_was_before()
    {
        byte[] whole = new CertificateForge { Extensions = ExtensionBlock(AlternativeNames(GeneralName(Dns, [.. "a.test"u8]))) }.Build();
        byte[] signed = SignedPart(whole);
        for (int length = 0; length < signed.Length; length++)
        {
            CertificateFacts facts = CertificateReader.Read(Der.Sequence(Der.Sequence(signed[..length]), Der.Sequence(), Der.BitString(0)));

            Assert.NotEqual(CertificateAnomalies.None, facts.Anomalies);
            Assert.True(length < signed.Length / 2 || facts.Issuer.CommonName == "issuer.test");
        }
    }

    [Fact]
    public void C55_deep_nesting_costs_nothing()
    {
        byte[] nest = Der.Nested(0x30, 10_000);
        CertificateFacts facts = Read(new CertificateForge
        {
            Issuer = nest,
            Extensions = ExtensionBlock(Extension("1.2.3.4", nest), AlternativeNames(Der.Nested(0xA0, 10_000), GeneralName(Dns, [.. "a.test"u8]))),
        });

        Assert.Equal(CertificateAnomalies.Issuer, facts.Anomalies);
        Assert.Equal(["a.test"], facts.AlternativeNames);
    }

    [Fact]
    public void C55_set_of_100000_members_is_cut()
    {
        byte[] attribute = Attribute(Organization, Der.Utf8("x"));
        CertificateFacts facts = Read(new CertificateForge { Subject = Der.Sequence(Der.Set([.. Enumerable.Repeat(attribute, 100_000)])) });

        Assert.Equal(CertificateAnomalies.Truncated, facts.Anomalies);
        Assert.Equal((2 * CertificateBounds.MaxAttributes) - 1, facts.Subject.Organization!.Length);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0x01 })] // negative
    [InlineData(new byte[] { 0 })] // zero
    [InlineData(new byte[0])] // empty
    [InlineData(new byte[] { 0, 1 })] // not minimal
    public void C56_serial_number_is_kept_as_it_stands(byte[] serial)
    {
        CertificateFacts facts = Read(new CertificateForge { SerialNumber = Der.Integer(serial) });

        Assert.Equal(serial, facts.SerialNumber.ToArray());
        Assert.Equal(CertificateAnomalies.SerialNumber, facts.Anomalies);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(20_000, CertificateBounds.MaxSerialNumberBytes)]
    public void C56_long_serial_number_is_cut(int octets, int kept)
    {
        CertificateFacts facts = Read(new CertificateForge { SerialNumber = Der.Integer([.. Enumerable.Repeat((byte)1, octets)]) });

        Assert.Equal(kept, facts.SerialNumber.Length);
        Assert.Equal(octets > kept, facts.Anomalies.HasFlag(CertificateAnomalies.Truncated));
        Assert.True(facts.Anomalies.HasFlag(CertificateAnomalies.SerialNumber));
    }

    [Theory]
    [InlineData(0x17, "500101000000Z", "1950-01-01T00:00:00Z", true)]
    [InlineData(0x17, "491231235959Z", "2049-12-31T23:59:59Z", true)]
    [InlineData(0x17, "690720201740Z", "1969-07-20T20:17:40Z", true)]
    [InlineData(0x17, "000229000000Z", "2000-02-29T00:00:00Z", true)]
    [InlineData(0x18, "00010101000000Z", "0001-01-01T00:00:00Z", true)]
    [InlineData(0x18, "99991231235959Z", "9999-12-31T23:59:59Z", true)]
    [InlineData(0x17, "2401010000Z", "2024-01-01T00:00:00Z", false)] // no seconds
    [InlineData(0x17, "240101050000+0500", "2024-01-01T00:00:00Z", false)]
    [InlineData(0x17, "2401010500-0500", "2024-01-01T10:00:00Z", false)]
    [InlineData(0x17, "240101000000", "2024-01-01T00:00:00Z", false)] // no Z
    [InlineData(0x18, "20240101000000.123Z", "2024-01-01T00:00:00Z", false)]
    [InlineData(0x18, "2024010100Z", "2024-01-01T00:00:00Z", false)]
    public void C57_dates_at_the_edges(int tag, string text, string expected, bool isStrict)
    {
        byte[] time = Der.Element((byte)tag, Encoding.ASCII.GetBytes(text));
        CertificateFacts facts = Read(new CertificateForge { Validity = Der.Sequence(time, Der.GeneralizedTime("99991231235959Z")) });

        Assert.Equal(DateTimeOffset.Parse(expected).ToUnixTimeSeconds(), facts.NotBefore);
        Assert.Equal(!isStrict, facts.Anomalies.HasFlag(CertificateAnomalies.Validity));
    }

    [Fact]
    public void C57_year_0_is_before_year_1()
    {
        CertificateFacts facts = Read(new CertificateForge
        {
            Validity = Der.Sequence(Der.GeneralizedTime("00000101000000Z"), Der.GeneralizedTime("00010101000000Z")),
        });

        Assert.Equal(366 * 86_400, facts.NotAfter - facts.NotBefore);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Theory]
    [InlineData(0x17, "241301000000Z")] // month 13
    [InlineData(0x17, "240001000000Z")]
    [InlineData(0x17, "240230000000Z")]
    [InlineData(0x17, "230229000000Z")]
    [InlineData(0x17, "240100000000Z")]
    [InlineData(0x17, "240101240000Z")]
    [InlineData(0x17, "240101006000Z")]
    [InlineData(0x17, "240101000060Z")]
    [InlineData(0x17, "24O101000000Z")] // a letter
    [InlineData(0x17, "240101000000+05")]
    [InlineData(0x17, "240101000000ZZ")]
    [InlineData(0x17, "")]
    [InlineData(0x18, "240101000000Z")]
    [InlineData(0x16, "240101000000Z")] // wrong tag
    public void C57_what_is_no_date_is_lost_alone(int tag, string text)
    {
        byte[] time = Der.Element((byte)tag, Encoding.ASCII.GetBytes(text));
        CertificateFacts facts = Read(new CertificateForge { Validity = Der.Sequence(time, Der.UtcTime("340101000000Z")) });

        Assert.Null(facts.NotBefore);
        Assert.NotNull(facts.NotAfter);
        Assert.Equal(CertificateAnomalies.Validity, facts.Anomalies);
        Assert.Equal("subject.test", facts.Subject.CommonName);
    }

    [Fact]
    public void C57_end_before_begin_is_an_anomaly()
    {
        CertificateFacts facts = Read(new CertificateForge { Validity = Der.Sequence(Der.UtcTime("340101000000Z"), Der.UtcTime("240101000000Z")) });

        Assert.NotNull(facts.NotBefore);
        Assert.NotNull(facts.NotAfter);
        Assert.Equal(CertificateAnomalies.Validity, facts.Anomalies);
    }

    [Theory]
    [InlineData(Utf8String, new byte[] { (byte)'a', 0, (byte)'b', 0x1B }, "a\0b\u001B", false)]
    [InlineData(Utf8String, new byte[] { (byte)'a', 0xFF, (byte)'b' }, "a\uFFFDb", true)]
    [InlineData(BmpString, new byte[] { 0, (byte)'a', 0x20, 0xAC }, "a€", false)]
    [InlineData(BmpString, new byte[] { 0, (byte)'a', 0 }, "a\uFFFD", true)]
    [InlineData(BmpString, new byte[] { 0xD8, 0x3D, 0, (byte)'a' }, "\uFFFDa", true)]
    [InlineData(BmpString, new byte[] { 0, (byte)'a', 0, 0 }, "a", false)]
    [InlineData(T61String, new byte[] { (byte)'M', 0xFC }, "Mü", false)]
    [InlineData(T61String, new byte[] { (byte)'M', 0xC3, 0xBC }, "Mü", false)]
    [InlineData(UniversalString, new byte[] { 0, 0, 0, (byte)'a', 0, 1, 0xF6, 0 }, "a😀", false)]
    [InlineData(UniversalString, new byte[] { 0, 0, 0, (byte)'a', 0, 0x11, 0, 0, 0 }, "a\uFFFD\uFFFD", true)]
    [InlineData(0x13, new byte[] { (byte)'a', (byte)'*', (byte)'&' }, "a*&", false)]
    [InlineData(0x13, new byte[] { (byte)'a', (byte)'@' }, "a@", true)]
    [InlineData(0x12, new byte[] { (byte)'1', (byte)'x' }, "1x", true)]
    [InlineData(0x16, new byte[] { (byte)'a', 0xE9 }, "aé", true)]
    public void C58_text_of_every_type_becomes_text(byte tag, byte[] encoded, string expected, bool isAnomaly)
    {
        CertificateFacts facts = Read(new CertificateForge { Subject = Name(Attribute(CommonName, Der.Element(tag, encoded))) });

        Assert.Equal(expected, facts.Subject.CommonName);
        Assert.Equal(isAnomaly ? CertificateAnomalies.Subject : CertificateAnomalies.None, facts.Anomalies);
    }

    [Theory]
    [InlineData("x", 65_536, CertificateBounds.MaxTextBytes)]
    [InlineData("ü", 40_000, CertificateBounds.MaxTextBytes / 2)]
    [InlineData("€", 40_000, CertificateBounds.MaxTextBytes / 3)]
    public void C58_long_common_name_is_cut_between_characters(string character, int count, int kept)
    {
        string text = string.Concat(Enumerable.Repeat(character, count));
        byte[] other = Attribute(Organization, Der.Utf8("still here"));
        CertificateFacts cut = Read(new CertificateForge { Subject = Name(Attribute(CommonName, Der.Utf8(text)), other) });

        Assert.Equal(CertificateAnomalies.Truncated, cut.Anomalies);
        Assert.Equal(text[..kept], cut.Subject.CommonName);
        Assert.Equal("still here", cut.Subject.Organization);
    }

    [Fact]
    public void C58_empty_sets_and_missing_names_are_no_error()
    {
        CertificateFacts facts = Read(new CertificateForge { Subject = Der.Sequence(), Issuer = Der.Sequence(Der.Set()) });

        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
        Assert.Equal("", facts.Subject.Text);
        Assert.Equal("", facts.Issuer.Text);
        Assert.Null(facts.Subject.CommonName);
    }

    [Fact]
    public void C58_set_with_several_attributes_is_read_whole()
    {
        byte[] set = Der.Set(Attribute(CommonName, Der.Utf8("a")), Attribute(Organization, Der.Utf8("b")));

        Assert.Equal("CN=a,O=b", Read(new CertificateForge { Subject = Der.Sequence(set) }).Subject.Text);
    }

    [Fact]
    public void C58_a_thousand_sets_are_cut()
    {
        byte[][] attributes = [.. Enumerable.Range(0, 1000).Select(number => Attribute("1.2.3", Der.Utf8("x")))];
        CertificateFacts facts = Read(new CertificateForge { Issuer = Name(attributes) });

        Assert.Equal(CertificateAnomalies.Truncated, facts.Anomalies);
        Assert.Equal(CertificateBounds.MaxAttributes, facts.Issuer.Text.Split(',').Length);
        Assert.Equal("subject.test", facts.Subject.CommonName);
    }

    [Fact]
    public void C58_same_attribute_500_times()
    {
        byte[][] attributes = [.. Enumerable.Range(0, 500).Select(number => Attribute(CommonName, Der.Utf8($"{number}")))];
        CertificateFacts facts = Read(new CertificateForge { Subject = Name(attributes) });

        Assert.Equal($"{CertificateBounds.MaxAttributes - 1}", facts.Subject.CommonName);
    }

    [Fact]
    public void C58_unknown_attributes_with_enormous_arcs()
    {
        string hugeArc = new('9', 200);
        byte[] big = Attribute("1.2.18446744073709551616", Der.Utf8("x"));
        byte[] huge = Attribute("1.2." + hugeArc, Der.Utf8("y"));
        byte[] empty = Der.Sequence(Der.Element(0x06), Der.Utf8("z"));
        CertificateFacts facts = Read(new CertificateForge { Subject = Name(big, huge, empty) });

        string[] parts = facts.Subject.Text.Split(',');
        Assert.Equal("1.2.18446744073709551616=#130178", parts[2]);
        Assert.StartsWith("#2a", parts[1]);
        Assert.EndsWith("=#130179", parts[1]);
        Assert.Equal("#=#13017a", parts[0]);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Fact]
    public void C58_value_that_is_no_text_is_shown_as_it_stands()
    {
        CertificateFacts facts = Read(new CertificateForge { Subject = Name(Attribute(CommonName, Der.OctetString(1, 2)), Der.Null()) });

        Assert.Equal("2.5.4.3=#04020102", facts.Subject.Text);
        Assert.Null(facts.Subject.CommonName);
        Assert.Equal(CertificateAnomalies.Subject, facts.Anomalies);
    }

    [Fact]
    public void C58_long_value_that_is_no_text_is_cut()
    {
        CertificateFacts facts = Read(new CertificateForge { Subject = Name(Attribute("1.2.3", Der.OctetString(new byte[65_536]))) });

        Assert.Equal(CertificateAnomalies.Truncated, facts.Anomalies);
        Assert.Equal("1.2.3=#".Length + (2 * CertificateBounds.MaxTextBytes), facts.Subject.Text.Length);
    }

    [Fact]
    public void C59_more_names_than_the_bound_are_cut()
    {
        byte[][] names = [.. Enumerable.Range(0, 20_000).Select(number => GeneralName(Dns, Encoding.ASCII.GetBytes($"{number}.test")))];
        CertificateFacts all = Read(new CertificateForge { Extensions = ExtensionBlock(AlternativeNames(names[..5000])) });
        CertificateFacts cut = Read(new CertificateForge { Extensions = ExtensionBlock(AlternativeNames(names)) });

        Assert.Equal(5000, all.AlternativeNames.Count);
        Assert.Equal(CertificateAnomalies.None, all.Anomalies);
        Assert.Equal(CertificateBounds.MaxAlternativeNames, cut.AlternativeNames.Count);
        Assert.Equal(CertificateAnomalies.Truncated, cut.Anomalies);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(0)]
    public void C59_address_of_a_wrong_size_is_left_out(int bytes)
    {
        CertificateFacts facts = ReadWithNames(GeneralName(Ip, new byte[bytes]), GeneralName(Ip, 10, 0, 0, 1));

        Assert.Equal(["10.0.0.1"], facts.AlternativeNames);
        Assert.Equal(CertificateAnomalies.AlternativeNames, facts.Anomalies);
    }

    [Fact]
    public void C59_kinds_that_are_not_shown_do_no_harm()
    {
        byte[] otherName = Der.Explicit(0, Der.Oid("1.3.6.1.4.1.311.20.2.3"), Der.Nested(0xA0, 100));
        CertificateFacts facts = ReadWithNames(otherName, GeneralName(6, [.. "http://u.test"u8]), GeneralName(30, 1), GeneralName(Dns, [.. "a.test"u8]));

        Assert.Equal(["a.test"], facts.AlternativeNames);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Fact]
    public void C59_odd_bytes_in_a_name_are_kept()
    {
        CertificateFacts facts = ReadWithNames(GeneralName(Dns, [.. "a\0b\u001B"u8]), GeneralName(Dns, [.. "ü.test"u8]), GeneralName(Dns, 0xE9));

        Assert.Equal(["a\0b\u001B", "ü.test", "é"], facts.AlternativeNames);
        Assert.Equal(CertificateAnomalies.AlternativeNames, facts.Anomalies);
    }

    [Fact]
    public void C59_empty_list_and_second_extension_are_anomalies()
    {
        byte[] first = AlternativeNames(GeneralName(Dns, [.. "first.test"u8]));
        byte[] second = AlternativeNames(GeneralName(Dns, [.. "second.test"u8]));
        CertificateFacts twice = Read(new CertificateForge { Extensions = ExtensionBlock(first, second) });

        Assert.Equal(CertificateAnomalies.AlternativeNames, ReadWithNames().Anomalies);
        Assert.Equal(CertificateAnomalies.Extensions, twice.Anomalies);
        Assert.Equal(["first.test"], twice.AlternativeNames);
    }

    [Fact]
    public void C60_two_thousand_unknown_extensions_hide_nothing()
    {
        IEnumerable<byte[]> unknown = Enumerable.Range(0, 2000).Select(number => Extension($"1.2.{number / 2}", [1]));
        CertificateFacts facts = Read(new CertificateForge
        {
            Extensions = ExtensionBlock([.. unknown, AlternativeNames(GeneralName(Dns, [.. "last.test"u8]))]),
        });

        Assert.Equal(["last.test"], facts.AlternativeNames);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Fact]
    public void C60_damaged_extension_is_lost_alone()
    {
        byte[] good = AlternativeNames(GeneralName(Dns, [.. "a.test"u8]));
        byte[] notDerTrue = Der.Sequence(Der.Oid("1.2.3"), Der.Element(0x01, [1]), Der.OctetString(1));
        foreach (byte[] odd in (byte[][])[Der.Sequence(), Der.Integer(1), Der.Sequence(Der.Oid("1.2.3")), notDerTrue])
        {
            CertificateFacts facts = Read(new CertificateForge { Extensions = ExtensionBlock(odd, good) });

            Assert.Equal(["a.test"], facts.AlternativeNames);
            Assert.Equal(CertificateAnomalies.Extensions, facts.Anomalies);
        }
    }

    [Fact]
    public void C60_empty_block_is_an_anomaly_and_a_critical_extension_is_none()
    {
        byte[] critical = Der.Sequence(Der.Oid("2.5.29.17"), Der.True(), Der.OctetString(Der.Sequence(GeneralName(Dns, [.. "a.test"u8]))));

        Assert.Equal(CertificateAnomalies.Extensions, Read(new CertificateForge { Extensions = ExtensionBlock() }).Anomalies);
        Assert.Equal(["a.test"], Read(new CertificateForge { Extensions = ExtensionBlock(critical) }).AlternativeNames);
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(3, 4)]
    [InlineData(255, 0)]
    public void C60_version_that_does_not_exist(byte wire, int version)
    {
        CertificateFacts facts = Read(new CertificateForge { Version = Der.Explicit(0, Der.Integer(wire)) });

        Assert.Equal(version, facts.Version);
        Assert.Equal(CertificateAnomalies.Version, facts.Anomalies);
    }

    [Fact]
    public void C60_version_1_with_extensions()
    {
        CertificateFacts facts = Read(new CertificateForge
        {
            Version = [],
            Extensions = ExtensionBlock(AlternativeNames(GeneralName(Dns, [.. "a.test"u8]))),
        });

        Assert.Equal(1, facts.Version);
        Assert.Equal(["a.test"], facts.AlternativeNames);
        Assert.Equal(CertificateAnomalies.Extensions, facts.Anomalies);
    }

    [Fact]
    public void C60_unique_identifiers_before_the_extensions_are_skipped()
    {
        byte[] identifiers = [.. GeneralName(1, 0, 1), .. GeneralName(2, 0, 2)];
        CertificateFacts facts = Read(new CertificateForge
        {
            Extensions = [.. identifiers, .. ExtensionBlock(AlternativeNames(GeneralName(Dns, [.. "a.test"u8])))],
        });

        Assert.Equal(["a.test"], facts.AlternativeNames);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Theory]
    [InlineData(new byte[] { 0 }, null, true)]
    [InlineData(new byte[0], null, true)]
    [InlineData(new byte[] { 1 }, 1, false)]
    [InlineData(new byte[] { 0, 0xFE }, 8, false)] // even
    [InlineData(new byte[] { 0xFE }, 8, true)] // negative
    public void C61_modulus_of_any_size(byte[] modulus, int? bits, bool isAnomaly)
    {
        CertificateFacts facts = ReadRsa(modulus, [3]);

        Assert.Equal("RSA", facts.PublicKeyAlgorithm);
        Assert.Equal(bits, facts.PublicKeySize);
        Assert.Equal(3, facts.PublicKeyExponent);
        Assert.Equal(isAnomaly, facts.Anomalies.HasFlag(CertificateAnomalies.PublicKey));
    }

    [Theory]
    [InlineData(16_384)]
    [InlineData(131_072)]
    public void C61_enormous_modulus(int bits)
    {
        CertificateFacts facts = ReadRsa([0, .. Enumerable.Repeat((byte)0xFF, bits / 8)], [1, 0, 1]);

        Assert.Equal(bits, facts.PublicKeySize);
        Assert.Equal(65537, facts.PublicKeyExponent);
    }

    [Fact]
    public void C61_exponent_that_does_not_fit_is_left_out()
    {
        CertificateFacts facts = ReadRsa([0x7F], [.. Enumerable.Repeat((byte)0x7F, 9)]);

        Assert.Null(facts.PublicKeyExponent);
        Assert.Equal(7, facts.PublicKeySize);
    }

    [Fact]
    public void C61_curve_without_a_name_is_shown_by_its_identifier()
    {
        CertificateFacts facts = ReadKey(Der.Sequence(Der.Oid("1.2.840.10045.2.1"), Der.Oid("1.2.3.4")), [0]);

        Assert.Equal("ECDSA", facts.PublicKeyAlgorithm);
        Assert.Equal("1.2.3.4", facts.PublicKeyCurve);
        Assert.Null(facts.PublicKeySize);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Fact]
    public void C61_curve_parameters_of_another_kind_are_an_anomaly()
    {
        Assert.Equal(CertificateAnomalies.PublicKey, ReadKey(Der.Sequence(Der.Oid("1.2.840.10045.2.1"), Der.Null()), [0]).Anomalies);
    }

    [Fact]
    public void C61_sm2_and_gost_keys_are_named()
    {
        CertificateFacts sm2 = ReadKey(Der.Sequence(Der.Oid("1.2.840.10045.2.1"), Der.Oid("1.2.156.10197.1.301")), [4]);
        CertificateFacts gost = ReadKey(Der.Sequence(Der.Oid("1.2.643.7.1.1.1.1"), Der.Null()), [4]);

        Assert.Equal(("SM2", "curveSM2", 256), (sm2.PublicKeyAlgorithm, sm2.PublicKeyCurve, sm2.PublicKeySize));
        Assert.Equal("GOST R 34.10-2012-256", gost.PublicKeyAlgorithm);
    }

    [Theory]
    [InlineData("1.3.101.112", "Ed25519", 32)]
    [InlineData("2.16.840.1.101.3.4.3.17", "ML-DSA-44", 1312)]
    [InlineData("2.16.840.1.101.3.4.3.18", "ML-DSA-65", 1952)]
    [InlineData("2.16.840.1.101.3.4.3.19", "ML-DSA-87", 2592)]
    [InlineData("2.16.840.1.101.3.4.3.20", "SLH-DSA-SHA2-128s", 32)]
    public void C61_key_of_a_wrong_size_is_an_anomaly(string oid, string name, int size)
    {
        CertificateFacts right = ReadKey(Der.Sequence(Der.Oid(oid)), new byte[size]);
        CertificateFacts wrong = ReadKey(Der.Sequence(Der.Oid(oid)), new byte[size - 1]);

        Assert.Equal(name, right.PublicKeyAlgorithm);
        Assert.Equal(name, wrong.PublicKeyAlgorithm);
        Assert.Equal(CertificateAnomalies.None, right.Anomalies);
        Assert.Equal(CertificateAnomalies.PublicKey, wrong.Anomalies);
    }

    [Fact]
    public void C61_unknown_algorithm_is_shown_by_its_identifier()
    {
        CertificateFacts facts = ReadKey(Der.Sequence(Der.Oid("1.2.3.4.5")), [1]);

        Assert.Equal("1.2.3.4.5", facts.PublicKeyAlgorithm);
        Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
    }

    [Fact]
    public void C61_bit_string_with_eight_unused_bits_is_an_anomaly()
    {
        byte[] rsa = Der.Sequence(Der.Oid("1.2.840.113549.1.1.1"), Der.Null());
        CertificateFacts facts = Read(new CertificateForge { PublicKey = Der.Sequence(rsa, Der.Element(0x03, [8, 1, 2])) });

        Assert.Equal("RSA", facts.PublicKeyAlgorithm);
        Assert.Null(facts.PublicKeySize);
        Assert.Equal(CertificateAnomalies.PublicKey, facts.Anomalies);
    }

    [Fact]
    public void C62_different_algorithms_inside_and_outside()
    {
        CertificateFacts facts = Read(new CertificateForge { OuterSignatureAlgorithm = Der.Sequence(Der.Oid("1.2.840.113549.1.1.11")) });

        Assert.Equal(CertificateAnomalies.AlgorithmMismatch, facts.Anomalies);
        Assert.Equal("ECDSA-SHA256", facts.SignatureAlgorithm);
    }

    [Theory]
    [InlineData("1.2.840.113549.1.1.11", "SHA256-RSA", true)]
    [InlineData("1.3.14.3.2.29", "SHA1-RSA", true)]
    [InlineData("1.2.840.113549.1.1.2", "MD2-RSA", true)]
    [InlineData("1.2.840.113549.1.1.14", "SHA224-RSA", false)]
    [InlineData("2.16.840.1.101.3.4.3.18", "ML-DSA-65", false)]
    [InlineData("1.2.3.4", "1.2.3.4", false)]
    public void C62_null_parameters_may_be_there_or_not(string oid, string name, bool isKnown)
    {
        foreach (byte[] parameters in (byte[][])[[], Der.Null()])
        {
            byte[] algorithm = Der.Sequence(Der.Oid(oid), parameters);
            CertificateFacts facts = Read(new CertificateForge { SignatureAlgorithm = algorithm, OuterSignatureAlgorithm = algorithm });

            Assert.Equal(name, facts.SignatureAlgorithm);
            Assert.Equal(isKnown, facts.SignatureAlgorithmIsKnownToPacketbeat);
            Assert.Equal(CertificateAnomalies.None, facts.Anomalies);
        }
    }

    [Theory]
    [InlineData("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.1", 32, 1, "SHA256-RSAPSS")]
    [InlineData("2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.2", 48, 1, "SHA384-RSAPSS")]
    [InlineData("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.1", 20, 1, "RSASSA-PSS")]
    [InlineData("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", 32, 1, "RSASSA-PSS")]
    [InlineData("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.1", 32, 2, "RSASSA-PSS")]
    [InlineData("1.3.14.3.2.26", "1.3.14.3.2.26", 20, 1, "RSASSA-PSS")]
    public void C62_pss_has_gos_name_only_with_gos_parameters(string hash, string maskHash, byte salt, byte trailer, string name)
    {
        byte[] parameters = Der.Sequence(
            Der.Explicit(0, Der.Sequence(Der.Oid(hash), Der.Null())),
            Der.Explicit(1, Der.Sequence(Der.Oid("1.2.840.113549.1.1.8"), Der.Sequence(Der.Oid(maskHash)))),
            Der.Explicit(2, Der.Integer(salt)),
            Der.Explicit(3, Der.Integer(trailer)));
        CertificateFacts facts = ReadSignedWith(Der.Sequence(Der.Oid("1.2.840.113549.1.1.10"), parameters));

        Assert.Equal(name, facts.SignatureAlgorithm);
        Assert.Equal(name != "RSASSA-PSS", facts.SignatureAlgorithmIsKnownToPacketbeat);
    }

    [Fact]
    public void C62_pss_without_parameters()
    {
        CertificateFacts facts = ReadSignedWith(Der.Sequence(Der.Oid("1.2.840.113549.1.1.10")));

        Assert.Equal("RSASSA-PSS", facts.SignatureAlgorithm);
        Assert.False(facts.SignatureAlgorithmIsKnownToPacketbeat);
    }

    [Fact]
    public void C62_trailing_bytes_are_an_anomaly()
    {
        Assert.Equal(CertificateAnomalies.TrailingData, Read(new CertificateForge { Trailer = [0, 0] }).Anomalies);
    }

    [Fact]
    public void C62_pem_and_pkcs7_are_no_certificates()
    {
        byte[] pkcs7 = Der.Sequence(Der.Oid("1.2.840.113549.1.7.2"), Der.Explicit(0, Der.Sequence()));

        Assert.Equal(CertificateAnomalies.Unreadable, CertificateReader.Read("-----BEGIN CERTIFICATE-----\n"u8).Anomalies);
        Assert.Equal(CertificateAnomalies.Unreadable, CertificateReader.Read(pkcs7.AsSpan()).Anomalies);
    }

    [Theory]
    [InlineData("zeek/tls/CVE-2015-3194.pcap")]
    [InlineData("zeek/tls/x509-generalizedtime.pcap")]
    [InlineData("zeek/tls/telesec.pcap")]
    [InlineData("ndpi/tls_invalid_reads.pcap")]
    public void C63_everything_that_looks_like_a_certificate_in_known_captures(string capture)
    {
        _ = ReferenceFiles.CorpusTruth;
        string? path = RepositoryRoot.Shared("corpus", "pcaps", capture);
        Assert.SkipWhen(path is null, "This capture is not in the visible part of the corpus.");
        byte[] bytes = File.ReadAllBytes(path!);
        for (int at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == 0x30)
            {
                Assert.False(CertificateReader.Read(bytes.AsSpan(at, Math.Min(4096, bytes.Length - at))).Sha256.IsEmpty);
            }
        }
    }

    private static CertificateFacts Read(CertificateForge forge) => CertificateReader.Read(forge.Build().AsSpan());

    private static CertificateFacts ReadWithNames(params byte[][] names) =>
        Read(new CertificateForge { Extensions = ExtensionBlock(AlternativeNames(names)) });

    private static CertificateFacts ReadKey(byte[] algorithm, byte[] key) => Read(new CertificateForge { PublicKey = PublicKeyInfo(algorithm, key) });

    private static CertificateFacts ReadRsa(byte[] modulus, byte[] exponent) =>
        ReadKey(Der.Sequence(Der.Oid("1.2.840.113549.1.1.1"), Der.Null()), Der.Sequence(Der.Integer(modulus), Der.Integer(exponent)));

    private static CertificateFacts ReadSignedWith(byte[] algorithm) =>
        Read(new CertificateForge { SignatureAlgorithm = algorithm, OuterSignatureAlgorithm = algorithm });

    /// <summary>Contents of TBSCertificate.</summary>
    private static byte[] SignedPart(byte[] certificate)
    {
        var outer = new DerReader(certificate);
        Assert.True(outer.TryEnter(DerTag.Sequence, out DerReader inner));
        Assert.True(inner.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> signed));
        return signed.ToArray();
    }
}
