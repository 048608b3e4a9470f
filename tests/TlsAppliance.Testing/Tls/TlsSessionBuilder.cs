using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Testing.Tls;

/// <summary>Makes the facts of a session by hand, without any bytes of a record.</summary>
public sealed class TlsSessionBuilder
{
    /// <summary>2020-09-13T12:26:40.123456789Z in nanoseconds since 1970.</summary>
    public const long Start = 1_600_000_000_123_456_789;

    private readonly TlsSession _session = new() { StartTime = Start, RolesAreKnown = true };
    private readonly SessionLists _lists = new();

    public TlsSessionBuilder ClientHello(HeldHelloBuilder hello)
    {
        byte[] held = hello.Build();
        (_session.HasClientHello, _session.ClientHelloBuffer, _session.ClientHelloLength) = (true, held, held.Length);
        _session.ClientHelloTime = Start;
        _session.Version = _session.Version == ProtocolVersion.None ? hello.LegacyVersion : _session.Version;
        return this;
    }

    public TlsSessionBuilder ServerHello(HeldHelloBuilder hello)
    {
        byte[] held = hello.Build();
        (_session.HasServerHello, _session.ServerHelloBuffer, _session.ServerHelloLength) = (true, held, held.Length);
        _session.ServerHelloTime = Start + 20_000_000;
        _session.Version = hello.LegacyVersion;
        return this;
    }

    public TlsSessionBuilder Version(ProtocolVersion version) => Set(s => s.Version = version);

    /// <summary>Established, and completed 50 ms after the start.</summary>
    public TlsSessionBuilder Completed() => Set(s => (s.Established, s.EndTime) = (true, Start + 50_000_000));

    public TlsSessionBuilder Resumed(Resumption how) => Set(s => s.Resumption = how);

    public TlsSessionBuilder Group(NamedGroup group) => Set(s => s.KeyExchangeGroup = group);

    public TlsSessionBuilder ServerCertificates(params CertificateFacts[] certificates) => Set(s => s.CertificatesOf(client: false, _lists).AddRange(certificates));

    public TlsSessionBuilder ClientCertificates(params CertificateFacts[] certificates) => Set(s => s.CertificatesOf(client: true, _lists).AddRange(certificates));

    public TlsSessionBuilder Alert(bool fromClient, byte level, byte description) => Set(s => s.AlertsOf(_lists).Add(new Alert(fromClient, level, description)));

    public TlsSessionBuilder ClientCertificateRequested() => Set(s => s.ClientCertificateRequested = true);

    public TlsSessionBuilder OcspResponse(int status) => Set(s => s.OcspResponseStatus = status);

    public TlsSessionBuilder HelloRetry() => Set(s => s.HelloRetry = true);

    public TlsSessionBuilder Ssl2Hello() => Set(s => s.Ssl2Hello = true);

    public TlsSessionBuilder EarlyData() => Set(s => s.EarlyDataOffered = true);

    public TlsSessionBuilder ClientIsResponder() => Set(s => s.ClientIsResponder = true);

    public TlsSessionBuilder RolesUnknown() => Set(s => s.RolesAreKnown = false);

    public TlsSessionBuilder Gaps(bool client, bool server) => Set(s => (s.ClientGap, s.ServerGap) = (client, server));

    public TlsSessionBuilder Anomalies(TlsAnomalies anomalies, int skippedMessages = 0) =>
        Set(s => (s.Anomalies, s.SkippedMessages) = (anomalies, skippedMessages));

    public TlsSessionBuilder StartTime(long time) => Set(s => s.StartTime = time);

    public TlsSession Build() => _session;

    private TlsSessionBuilder Set(Action<TlsSession> change)
    {
        change(_session);
        return this;
    }
}
