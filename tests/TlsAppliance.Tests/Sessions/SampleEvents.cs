using System.Text;
using TlsAppliance.Testing;

namespace TlsAppliance.Tests.Sessions;

/// <summary>Events of the captures that come with the project, and some made up.</summary>
internal static class SampleEvents
{
    /// <summary>TLS 1.2 with a chain of three certificates, in the ecs layout.</summary>
    public static byte[] Ocsp => First("ocsp-stapling");

    /// <summary>A certificate of 2020 in a session of 2026.</summary>
    public static byte[] Expired => First("alert-certificate-expired");

    /// <summary>A server name with escape sequences in it.</summary>
    public static byte[] Hostile => First("hostile-server-name");

    /// <summary>The classic layout of what <see cref="Ocsp"/> is.</summary>
    public static byte[] Classic => Encoding.UTF8.GetBytes(
        """
        {"@timestamp":"2026-11-23T21:50:07.503Z","type":"tls","event":{"id":"aaaa773e3e534484ef3ccc0ca48d10aa","duration":3374000},"client":{"ip":"10.77.0.1","port":40396},
        "server":{"ip":"10.77.0.2","port":443,"bytes":5391},"network":{"bytes":6239},"tls":{"handshake_completed":true,"version":"TLS 1.2","resumed":false,
        "client_hello":{"supported_ciphers":["A","TLS_RSA_WITH_AES_128_CBC_SHA"],"extensions":{"server_name_indication":["www.example.test"]}},
        "server_hello":{"selected_cipher":"TLS_RSA_WITH_AES_128_CBC_SHA"},
        "server_certificate":{"subject":{"common_name":"www.example.test","country":"DE"},"issuer":{"common_name":"CA"},"not_before":"2026-01-01T00:00:00.000Z","not_after":"2026-12-01T00:00:00.000Z"},
        "server_certificate_chain":[{"subject":{"common_name":"Other"},"issuer":{"common_name":"Root"},"not_before":"2026-01-01T00:00:00.000Z","not_after":"2036-12-01T00:00:00.000Z"}]}}
        """.ReplaceLineEndings(""));

    private static byte[] First(string name) =>
        Encoding.UTF8.GetBytes(File.ReadLines(Path.Combine(RepositoryRoot.Path, "replay-corpus", name, "expected.ndjson")).First());
}
