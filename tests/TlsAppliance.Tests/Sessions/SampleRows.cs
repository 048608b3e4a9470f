using System.Globalization;
using TlsAppliance.Sessions;

namespace TlsAppliance.Tests.Sessions;

/// <summary>Rows as real traffic gives them, and a hostile one.</summary>
internal static class SampleRows
{
    public static readonly SessionRow Modern = new()
    {
        Time = At("2026-01-31T23:59:58.123Z"),
        ClientAddress = "192.168.100.200",
        ClientPort = 54321,
        Server = "www.example.com",
        Version = "TLS 1.3",
        Cipher = "TLS_AES_128_GCM_SHA256",
        Group = "X25519MLKEM768",
        Resumed = "psk",
    };

    public static readonly SessionRow Failed = new()
    {
        Time = At("2026-02-01T00:00:01.5Z"),
        ClientAddress = "2001:db8:85a3::8a2e:370:7334",
        ClientPort = 443,
        Server = "a-rather-long-name.in-a-deep.subdomain.example.org",
        Version = "TLS 1.2",
        Cipher = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        Group = "secp256r1",
        Alert = "certificate_expired",
        CertificateExpiry = At("2025-12-31T00:00:00Z"),
    };

    public static readonly SessionRow Hostile = new()
    {
        Time = At("2026-02-01T00:00:02Z"),
        ClientAddress = "10.0.0.1",
        ClientPort = 1,
        Server = "\e[31m[red]evil\u202Emoc.live\0[/]\n",
        Version = "TLS 1.2",
    };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
