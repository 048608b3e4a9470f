using TlsAppliance.Events.Rendering;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Events.Tests.Rendering;

public class FragmentCacheTests
{
    [Fact]
    public void Finds_a_certificate_by_identity_and_place()
    {
        FragmentCache cache = new();
        Fragment fragment = new([1], null);
        CertificateFacts certificate = Certificate();
        cache.Add(certificate, CertificateForm.ServerFirst, fragment);
        Assert.True(cache.TryGet(certificate, CertificateForm.ServerFirst, out Fragment found));
        Assert.Same(fragment, found);
        Assert.False(cache.TryGet(certificate, CertificateForm.ClientFirst, out _));
        Assert.False(cache.TryGet(Certificate(), CertificateForm.ServerFirst, out _));
    }

    [Fact]
    public void Stays_bounded_and_keeps_what_is_used()
    {
        FragmentCache cache = new(entries: 10, bytes: 1000);
        CertificateFacts used = Certificate();
        cache.Add(used, CertificateForm.Pem, new Fragment([1], null));
        for (int i = 0; i < 1000; i++)
        {
            cache.Add(Certificate(), CertificateForm.Pem, new Fragment(new byte[i % 200], null));
            Assert.True(cache.TryGet(used, CertificateForm.Pem, out _));
            Assert.InRange(cache.Count, 1, 20);
        }
    }

    private static CertificateFacts Certificate() => new() { Der = new byte[1], Md5 = new byte[16], Sha1 = new byte[20], Sha256 = new byte[32] };
}
