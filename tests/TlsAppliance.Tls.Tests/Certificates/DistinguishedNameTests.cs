using TlsAppliance.Testing.Certificates;
using TlsAppliance.Tls.Certificates;
using static TlsAppliance.Testing.Certificates.CertificateForge;

namespace TlsAppliance.Tls.Tests.Certificates;

/// <summary>The one-line form, as Go prints it.</summary>
public sealed class DistinguishedNameTests
{
    [Fact]
    public void Types_are_printed_in_gos_order_whatever_the_certificate_says()
    {
        string[] oids = ["2.5.4.3", "2.5.4.5", "2.5.4.6", "2.5.4.7", "2.5.4.8", "2.5.4.9", "2.5.4.10", "2.5.4.11", "2.5.4.17"];
        byte[][] attributes = [.. oids.Select(oid => Attribute(oid, Der.Utf8(oid[6..])))];

        Assert.Equal("SERIALNUMBER=5,CN=3,OU=11,O=10,POSTALCODE=17,STREET=9,L=7,ST=8,C=6", TextOf(attributes));
    }

    [Fact]
    public void Values_of_one_type_are_joined_though_they_stand_apart()
    {
        Assert.Equal("O=a+O=b,C=x", TextOf(Attribute("2.5.4.10", Der.Utf8("a")), Attribute("2.5.4.6", Der.Utf8("x")), Attribute("2.5.4.10", Der.Utf8("b"))));
    }

    [Fact]
    public void Of_common_names_the_last_one_is_printed_and_an_empty_one_not_at_all()
    {
        Assert.Equal("CN=new", TextOf(Attribute(CommonName, Der.Utf8("old")), Attribute(CommonName, Der.Utf8("new"))));
        Assert.Equal("O=", TextOf(Attribute(CommonName, Der.Utf8("old")), Attribute(CommonName, Der.Utf8("")), Attribute(Organization, Der.Utf8(""))));
    }

    [Theory]
    [InlineData("a,b+c\"d\\e<f>g;h", @"a\,b\+c\""d\\e\<f\>g\;h")]
    [InlineData("#a#", @"\#a#")]
    [InlineData(" a b ", @"\ a b\ ")]
    [InlineData(" ", @"\ ")]
    [InlineData("a=b/c", "a=b/c")]
    public void Special_characters_are_escaped(string value, string expected)
    {
        Assert.Equal("CN=" + expected, TextOf(Attribute(CommonName, Der.Utf8(value))));
    }

    [Theory]
    [InlineData("plain", "#1305706c61696e")]
    [InlineData("a*b", "#0c03612a62")]
    [InlineData("ü", "#0c02c3bc")]
    [InlineData("", "#1300")]
    public void Attributes_without_short_name_are_encoded_anew(string value, string expected)
    {
        Assert.Equal("1.2.840.113549.1.9.1=" + expected, TextOf(Attribute("1.2.840.113549.1.9.1", Der.Element(0x16, System.Text.Encoding.UTF8.GetBytes(value)))));
    }

    [Theory]
    [InlineData(127, "#137f")]
    [InlineData(128, "#138180")]
    [InlineData(256, "#13820100")]
    public void Long_values_have_long_lengths(int length, string start)
    {
        Assert.StartsWith("1.2.3=" + start + "78", TextOf(Attribute("1.2.3", Der.Utf8(new string('x', length)))));
    }

    private static string TextOf(params byte[][] attributes) =>
        CertificateReader.Read(new CertificateForge { Subject = Name(attributes) }.Build().AsSpan()).Subject.Text;
}
