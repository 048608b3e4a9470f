using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Tests.Handshake;

public class ServerMessageTests
{
    private static readonly byte[] Stapled = new WireWriter()
        .UInt8(1 /* status_type ocsp */).UInt24(300).Bytes(0x30, 0x82, 0x01, 0x28, 0x0A, 0x01, 0x05).Bytes(new byte[290]).ToArray();

    [Fact]
    public void Reads_the_status_of_a_stapled_response_wherever_its_length_puts_it()
    {
        Assert.Equal(5, Status(Stapled));
        Assert.Equal(0, Status([1, 0, 0, 5, 0x30, 0x03, 0x0A, 0x01, 0x00]));
        Assert.Equal(2, Status([1, 0, 0, 6, 0x30, 0x81, 0x03, 0x0A, 0x01, 0x02]));
    }

    [Fact]
    public void Reads_no_status_from_other_types_or_forms()
    {
        Assert.Null(Status([2, 0, 0, 5, 0x30, 0x03, 0x0A, 0x01, 0x00]));
        Assert.Null(Status([1, 0, 0, 5, 0x31, 0x03, 0x0A, 0x01, 0x00]));
        Assert.Null(Status([1, 0, 0, 5, 0x30, 0x03, 0x02, 0x01, 0x00]));
        Assert.Null(Status([1, 0, 0, 5, 0x30, 0x03, 0x0A, 0x02, 0x00]));
        Assert.All(Cutter.Prefixes(Stapled[..11]), prefix => Assert.Null(Status(prefix)));
    }

    [Fact]
    public void Reads_the_named_curve_of_elliptic_curve_suites_only()
    {
        byte[] body = [3 /* named_curve */, 0, 29, 1, 9];
        Assert.Equal(NamedGroup.X25519, ServerKeyExchange.ReadGroup(body, (CipherSuite)0xC02F));
        Assert.Equal(NamedGroup.None, ServerKeyExchange.ReadGroup(body, (CipherSuite)0x009E));
        Assert.Equal(NamedGroup.None, ServerKeyExchange.ReadGroup(body, (CipherSuite)0xFFFF));
        Assert.Equal(NamedGroup.None, ServerKeyExchange.ReadGroup([1 /* explicit_prime */, 0, 29], (CipherSuite)0xC02F));
        Assert.All(Cutter.Prefixes(body[..3]), prefix => Assert.Equal(NamedGroup.None, ServerKeyExchange.ReadGroup(prefix, (CipherSuite)0xC02F)));
    }

    [Fact]
    public void Steps_over_the_identity_hint_of_pre_shared_key_suites() =>
        Assert.Equal(NamedGroup.Secp256R1, ServerKeyExchange.ReadGroup([0, 2, 7, 7, 3, 0, 23], (CipherSuite)0xC035));

    [Fact]
    public void Keeps_the_complete_entries_of_a_certificate_list()
    {
        byte[] body = TlsBytes.CertificateBody([1, 2], [3]);
        Assert.Equal((2, true), Entries(body));
        Assert.Equal((2, false), Entries(Cutter.OneByteMore(body)));
        foreach (byte[] prefix in Cutter.Prefixes(body))
        {
            Assert.Equal((prefix.Length >= 8 ? 1 : 0, false), Entries(prefix));
        }
    }

    [Fact]
    public void Empty_entries_are_none()
    {
        Assert.Equal((1, false), Entries(TlsBytes.CertificateBody([], [1])));
        Assert.Equal((0, true), Entries([0, 0, 0]));
    }

    [Fact]
    public void Mutations_end_and_never_throw()
    {
        foreach (byte[] mutation in Cutter.Mutations(Stapled, seed: 1, count: 10_000))
        {
            _ = Status(mutation);
            _ = Entries(mutation);
            _ = ServerKeyExchange.ReadGroup(mutation, (CipherSuite)0xC035);
        }

        foreach (byte[] mutation in Cutter.Mutations(TlsBytes.CertificateBody([1, 2], [3], new byte[40]), seed: 2, count: 10_000))
        {
            _ = Entries(mutation);
        }
    }

    private static int? Status(byte[] body) => CertificateStatus.TryReadOcspStatus(body, out byte status) ? status : null;

    private static (int Count, bool IsWellFormed) Entries(byte[] body)
    {
        CertificateList list = CertificateList.Read(body);
        int count = 0;
        foreach (ReadOnlySpan<byte> _ in list)
        {
            count++;
        }

        return (count, list.IsWellFormed);
    }
}
