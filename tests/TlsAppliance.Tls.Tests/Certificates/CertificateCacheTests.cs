using TlsAppliance.Testing;
using TlsAppliance.Testing.Certificates;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Tls.Tests.Certificates;

public sealed class CertificateCacheTests
{
    [Fact]
    public void Same_bytes_give_the_same_object()
    {
        var cache = new CertificateCache();
        CertificateFacts first = cache.GetOrAdd(SampleCertificates.EcP256);
        CertificateFacts second = cache.GetOrAdd(SampleCertificates.EcP256);

        Assert.Same(first, second);
        Assert.Equal(new CertificateCacheCounters(1, 1, 0, 1, SampleCertificates.EcP256.Length), cache.Counters);
    }

    [Fact]
    public void Other_bytes_give_other_facts()
    {
        var cache = new CertificateCache();

        Assert.Equal("Ed25519", cache.GetOrAdd(SampleCertificates.Ed25519).PublicKeyAlgorithm);
        Assert.Equal("Ed448", cache.GetOrAdd(SampleCertificates.Ed448).PublicKeyAlgorithm);
        Assert.Equal(2, cache.Counters.Entries);
    }

    [Fact]
    public void Facts_do_not_borrow_the_callers_bytes()
    {
        byte[] bytes = SampleCertificates.EcP256;
        CertificateFacts facts = new CertificateCache().GetOrAdd(bytes);
        Array.Clear(bytes);

        Assert.Equal(SampleCertificates.EcP256, facts.Der.ToArray());
    }

    [Fact]
    public void Count_is_bounded_and_what_is_asked_for_stays()
    {
        var cache = new CertificateCache(new CertificateCacheOptions { MaxEntries = 4 });
        CertificateFacts popular = cache.GetOrAdd(Certificate(0));
        for (int number = 1; number <= 100; number++)
        {
            cache.GetOrAdd(Certificate(number));
            Assert.Same(popular, cache.GetOrAdd(Certificate(0)));
            Assert.True(cache.Counters.Entries <= 4);
        }

        Assert.Equal(new CertificateCacheCounters(100, 101, 97, 4, cache.Counters.Bytes), cache.Counters);
    }

    [Fact]
    public void Bytes_are_bounded()
    {
        int size = Certificate(0).Length;
        var cache = new CertificateCache(new CertificateCacheOptions { MaxBytes = 3 * size });
        for (int number = 0; number < 50; number++)
        {
            cache.GetOrAdd(Certificate(number));
            Assert.True(cache.Counters.Bytes <= 3 * size);
        }

        Assert.Equal(3, cache.Counters.Entries);
        Assert.Equal(47, cache.Counters.Evictions);
    }

    [Fact]
    public void Certificate_larger_than_the_whole_cache_is_read_but_not_kept()
    {
        var cache = new CertificateCache(new CertificateCacheOptions { MaxBytes = 100 });

        Assert.Equal("www.example.test", cache.GetOrAdd(SampleCertificates.Rsa2048).Subject.CommonName);
        Assert.Equal(new CertificateCacheCounters(0, 1, 0, 0, 0), cache.Counters);
    }

    [Fact]
    public void Zero_entries_turn_it_off()
    {
        var cache = new CertificateCache(new CertificateCacheOptions { MaxEntries = 0 });

        Assert.NotSame(cache.GetOrAdd(SampleCertificates.EcP256), cache.GetOrAdd(SampleCertificates.EcP256));
    }

    [Fact]
    public void Hit_allocates_nothing()
    {
        byte[] der = SampleCertificates.Rsa2048;
        var cache = new CertificateCache();
        cache.GetOrAdd(der);
        cache.GetOrAdd(der);

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                cache.GetOrAdd(der);
            }
        }));
    }

    private static byte[] Certificate(int number) =>
        new CertificateForge { SerialNumber = Der.Integer(1, (byte)(number >> 8), (byte)number) }.Build();
}
