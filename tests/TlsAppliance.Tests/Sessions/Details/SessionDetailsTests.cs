using TlsAppliance.Sessions.Details;

namespace TlsAppliance.Tests.Sessions.Details;

public class SessionDetailsTests
{
    [Fact]
    public void Tells_the_handshake_in_its_order_with_the_times_that_are_known()
    {
        string text = SessionDetails.Write(SampleEvents.Ocsp, 120);
        Assert.StartsWith("www.example.test  TLS 1.2  established\n", text, StringComparison.Ordinal);
        Assert.Contains(
            """
            Time line (milliseconds from the first payload)
                                     TCP connected; SYN to SYN-ACK took 0.028 ms
                    0.000  client →  ClientHello: 31 suites, 11 extensions
                    0.228  server ←  ServerHello: TLS 1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519
                           server ←  Certificate: 3 certificates
                    3.374            handshake completed

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_what_was_chosen_of_what_was_offered()
    {
        string text = SessionDetails.Write(SampleEvents.Ocsp, 120);
        Assert.Contains("version       TLS 1.3, *TLS 1.2, TLS 1.1, TLS 1.0\n", text, StringComparison.Ordinal);
        Assert.Contains(" *TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,", text, StringComparison.Ordinal);
        Assert.Contains("group         *x25519, secp256r1,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_certificates_as_a_tree()
    {
        Assert.EndsWith(
            """
              └─ CN=Example Test Issuing CA,O=Example Test GmbH,C=DE
                 RSA 2048, signed SHA256-RSA
                 valid 2026-11-23 to 2036-11-20, 3,649 days left
                 └─ CN=Example Test Root,OU=Trust,O=Example Test GmbH,C=DE (self-signed)
                    RSA 2048, signed SHA256-RSA
                    valid 2026-11-23 to 2036-11-20, 3,649 days left

            """.ReplaceLineEndings("\n"),
            SessionDetails.Write(SampleEvents.Ocsp, 120).Split("Fingerprints")[0].TrimEnd() + "\n",
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_what_is_wrong_with_certificates()
    {
        Assert.Contains("EXPIRED ", SessionDetails.Write(SampleEvents.Expired, 120), StringComparison.Ordinal);
        string classic = SessionDetails.Write(SampleEvents.Classic, 120);
        Assert.Contains("CN=www.example.test,C=DE\n", classic, StringComparison.Ordinal);
        Assert.Contains("7 days left, soon to expire\n", classic, StringComparison.Ordinal);
        Assert.Contains("└─ CN=Other (does not name the issuer of the one before)\n", classic, StringComparison.Ordinal);
        Assert.Contains("└─ CN=Root (not sent)\n", classic, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void Keeps_to_the_width_and_lets_no_control_character_through(int width)
    {
        foreach (byte[] document in (byte[][])[SampleEvents.Ocsp, SampleEvents.Expired, SampleEvents.Hostile, SampleEvents.Classic])
        {
            string text = SessionDetails.Write(document, width);
            Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
            Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        }
    }
}
