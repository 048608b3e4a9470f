using System.Globalization;
using System.Text;
using System.Text.Json;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Records;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Tls.Tests.Sessions;

/// <summary>The vectors of Packetbeat's own tests that are about records, messages, extensions and sessions. How their values are spelled is tested where they are rendered.</summary>
public class PacketbeatVectorTests
{
    [Fact]
    public void Record_headers() => ForEach("record_header", (input, expected) =>
    {
        bool complete = RecordHeader.TryRead(Hex(input), out RecordHeader header);
        Assert.Equal(expected.TryGetProperty("error", out _), !complete);
        if (complete)
        {
            Assert.Equal(expected.GetProperty("type").GetInt32(), (int)header.Type);
            Assert.Equal(expected.GetProperty("length").GetInt32(), header.Length);
            Assert.Equal(expected.GetProperty("valid").GetBoolean(), header.IsValid);
        }
    });

    [Fact]
    public void Handshake_headers() => ForEach("handshake_header", (input, expected) =>
    {
        bool complete = HandshakeHeader.TryRead(Hex(input), out HandshakeHeader header);
        Assert.Equal(expected.TryGetProperty("error", out _), !complete);
        if (complete)
        {
            Assert.Equal(expected.GetProperty("type").GetInt32(), (int)header.Type);
            Assert.Equal(expected.GetProperty("length").GetInt32(), header.Length);
        }
    });

    /// <summary>What Packetbeat calls failed (it drops the direction) is a noted anomaly here; everything else is no anomaly.</summary>
    [Fact]
    public void Record_streams() => ForEach("record_stream", (input, expected) =>
    {
        TlsSessionTracker tracker = Feed(input);
        bool failed = expected.GetProperty("results").EnumerateArray().Any(result => result.GetString() == "failed");
        Assert.Equal(failed, tracker.Session.Anomalies != TlsAnomalies.None);
        Assert.False(tracker.HasEvent);
    });

    [Fact]
    public void Client_hellos() => ForEach("client_hello", (input, expected) =>
    {
        HeldHello hello = Feed(input).Session.ClientHello;
        JsonElement detailed = expected.GetProperty("detailed.client_hello");
        AssertHello(detailed, hello);
        Assert.Equal(detailed.GetProperty("supported_compression_methods").GetArrayLength(), hello.CompressionMethods.Length);
        Assert.Equal(
            detailed.GetProperty("extensions").EnumerateObject().Sum(field => field.Name == "_unparsed_" ? field.Value.GetArrayLength() : 1),
            CountExtensions(hello));
    });

    [Fact]
    public void Server_hellos() => ForEach("server_hello", (input, expected) =>
    {
        TlsSession session = Feed(input).Session;
        Assert.Equal(!expected.TryGetProperty("version", out _), !session.HasServerHello);
        if (session.HasServerHello)
        {
            AssertHello(expected, session.ServerHello);
            Assert.Equal(expected.GetProperty("selected_cipher").GetString(), CipherSuites.Name(session.ServerHello.CipherSuites[0]));
            Assert.Equal(expected.GetProperty("extensions_present").GetBoolean(), session.ServerHello.ExtensionBlock == ExtensionBlockState.Present);
        }
    });

    [Fact]
    public void Certificate_messages() => ForEach("certificate_message", (input, expected) =>
    {
        int readable = Feed(input).Session.ServerCertificates
            .Count(certificate => (certificate.Anomalies & CertificateAnomalies.Unreadable) == 0);
        Assert.Equal(expected.GetProperty("count").GetInt32(), readable);
    });

    /// <summary>A body is an alert when the record is as long as it says.</summary>
    [Fact]
    public void Alert_bodies() => ForEach("alert_body", (input, expected) =>
    {
        int declared = input.GetProperty("declared_length").GetInt32();
        TlsSessionTracker tracker = new();
        _ = tracker.OnBytes(true, TlsBytes.Handshake(0 /* hello_request: from here on this is TLS */), 1);
        _ = tracker.OnBytes(true, new byte[] { 21, 3, 3, (byte)(declared >> 8), (byte)declared }, 1);
        _ = tracker.OnBytes(true, Hex(input), 1);
        tracker.Finish();
        Assert.Equal(
            expected.GetProperty("alerts").EnumerateArray()
                .Select(alert => (alert.GetProperty("severity_raw").GetInt32(), alert.GetProperty("code").GetInt32())),
            tracker.Session.Alerts.Select(alert => ((int)alert.Level, (int)alert.Description)));
    });

    [Fact]
    public void Extension_bodies() => ForEach("extension_body", (input, expected) =>
    {
        byte[] body = Hex(input);
        if (input.TryGetProperty("declared_length", out JsonElement declared) && declared.GetInt32() > body.Length)
        {
            // Packetbeat lets a body run past its end; here such a block is malformed as a whole.
            Array.Resize(ref body, declared.GetInt32());
        }

        string? value = Read((ExtensionType)input.GetProperty("extension_id").GetInt32(), body);
        JsonElement wanted = expected.GetProperty("value");
        Assert.Equal(
            wanted.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Array => string.Join(',', wanted.EnumerateArray().Select(entry => entry.GetString())),
                _ => wanted.GetString(),
            },
            value);
    });

    [Fact]
    public void Events() => ForEach("tls_event", (input, expected) =>
    {
        TlsSessionTracker tracker = new();
        long time = 1;
        foreach (JsonElement step in input.GetProperty("steps").EnumerateArray())
        {
            bool fromOriginator = step.GetProperty("dir").GetInt32() == 0;
            switch (step.GetProperty("op").GetString())
            {
                case "data":
                    _ = tracker.OnBytes(fromOriginator, Convert.FromHexString(step.GetProperty("hex").GetString()!), time++);
                    break;
                case "gap":
                    _ = tracker.OnGap(fromOriginator, 1, time++);
                    break;
                default:
                    Assert.Equal("fin", step.GetProperty("op").GetString());
                    break;
            }
        }

        tracker.Finish();
        bool hasEvent = !expected.TryGetProperty("events", out JsonElement events) || events.GetInt32() == 1;
        Assert.Equal(hasEvent, tracker.HasEvent);
        if (expected.TryGetProperty("events_after_each_step", out _))
        {
            Assert.Equal(TrackerStatus.Completed, tracker.Status);
        }

        if (expected.TryGetProperty("tls.detailed.alerts.length", out JsonElement count))
        {
            Assert.Equal(count.GetInt32(), tracker.Session.Alerts.Count);
        }

        if (expected.TryGetProperty("tls.detailed.alerts", out JsonElement alerts))
        {
            Assert.Equal(alerts.EnumerateArray().Select(alert => alert.GetProperty("code").GetInt32()), tracker.Session.Alerts.Select(alert => (int)alert.Description));
            Assert.All(tracker.Session.Alerts, alert => Assert.True(alert.FromClient));
        }

        Assert.Equal(expected.GetRawText().Contains("client_hello", StringComparison.Ordinal) || tracker.Status == TrackerStatus.Completed, tracker.Session.HasClientHello);
    });

    private static void AssertHello(JsonElement expected, HeldHello hello)
    {
        Assert.Equal(
            expected.GetProperty("version").GetString(), string.Create(CultureInfo.InvariantCulture, $"{(int)hello.LegacyVersion >> 8}.{(int)hello.LegacyVersion & 0xFF}"));
        if (expected.TryGetProperty("random", out JsonElement random))
        {
            Assert.Equal(random.GetString(), Convert.ToHexStringLower(hello.Random));
        }

        Assert.Equal(
            expected.TryGetProperty("session_id", out JsonElement sessionId) ? sessionId.GetString() : "", Convert.ToHexStringLower(hello.LegacySessionId));
    }

    private static int CountExtensions(HeldHello hello)
    {
        int count = 0;
        foreach (HeldExtension extension in hello)
        {
            count += Grease.IsGrease((ushort)extension.Type) ? 0 : 1;
        }

        return count;
    }

    private static string? Read(ExtensionType type, byte[] body)
    {
        switch (type)
        {
            case ExtensionType.ServerName when ServerName.TryRead(body, out ServerName names):
                List<string> texts = [];
                foreach (ReadOnlySpan<byte> name in names)
                {
                    texts.Add(Encoding.UTF8.GetString(name));
                }

                return string.Join(',', texts);
            case ExtensionType.MaxFragmentLength when MaxFragmentLength.TryRead(body, out byte code):
                return MaxFragmentLengths.Name(code);
            case ExtensionType.CertType when CertificateType.TryRead(body, out ReadOnlySpan<byte> types):
                return string.Join(',', types.ToArray().Select(CertificateTypes.Name));
            case ExtensionType.Srp when Srp.TryRead(body, out ReadOnlySpan<byte> user):
                return Encoding.UTF8.GetString(user);
            case ExtensionType.SupportedVersions when SupportedVersions.TryRead(body, out SupportedVersions versions):
                return string.Join(',', versions.Versions.Wire.ToArray().Chunk(2)
                    .Where(version => !Grease.IsGrease((ushort)(version[0] << 8 | version[1])))
                    .Select(version => $"TLS 1.{version[1] - 1}"));
            case ExtensionType.ServerName or ExtensionType.MaxFragmentLength or ExtensionType.CertType or ExtensionType.Srp
                or ExtensionType.SupportedVersions:
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "A vector for an extension that this test does not read yet.");
        }
    }

    private static TlsSessionTracker Feed(JsonElement input)
    {
        TlsSessionTracker tracker = new();
        foreach (JsonElement segment in input.GetProperty("segments").EnumerateArray())
        {
            _ = tracker.OnBytes(true, Convert.FromHexString(segment.GetString()!), 1);
        }

        tracker.Finish();
        return tracker;
    }

    private static byte[] Hex(JsonElement input) => Convert.FromHexString(input.GetProperty("hex").GetString()!);

    private static void ForEach(string kind, Action<JsonElement, JsonElement> check)
    {
        IReadOnlyList<JsonElement> vectors = ReferenceFiles.Vectors(kind);
        Assert.NotEmpty(vectors);
        foreach (JsonElement vector in vectors)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(vector.GetProperty("id").GetString()!);
            check(vector.GetProperty("input"), vector.GetProperty("expected"));
        }
    }
}
