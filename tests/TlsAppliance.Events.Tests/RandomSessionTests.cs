using System.Text.Json;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Frames;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Tests;

public class RandomSessionTests
{
    private const int Sessions = 10_000;
    private const int Seed = 20260729;

    [Theory]
    [InlineData(EventLayout.Classic)]
    [InlineData(EventLayout.Ecs)]
    public void Ten_thousand_random_sessions_give_valid_JSON_without_a_repeated_key(EventLayout layout)
    {
        Random random = new(Seed);
        TlsEventRenderer renderer = new(new EventOptions { Layout = layout, IncludeRawCertificates = true, Fingerprints = (CertificateFingerprints)7 });
        EventBatch batch = new(1024, 1);
        for (int i = 0; i < Sessions; i++)
        {
            batch.Clear();
            Assert.True(renderer.Render(Session(random), Connection(random), batch));
            Utf8JsonReader reader = new(batch.Document(0));
            Stack<HashSet<string>> keys = [];
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        keys.Push([]);
                        break;
                    case JsonTokenType.EndObject:
                        keys.Pop();
                        break;
                    case JsonTokenType.PropertyName:
                        Assert.True(keys.Peek().Add(reader.GetString()!), reader.GetString());
                        break;
                }
            }
        }
    }

    private static TlsSession Session(Random random)
    {
        TlsSessionBuilder session = new();
        if (random.Next(4) > 0)
        {
            session.ClientHello(Hello(random));
        }

        if (random.Next(3) > 0)
        {
            session.ServerHello(Hello(random));
        }

        for (int i = random.Next(4); i > 0; i--)
        {
            session.ServerCertificates(Certificate(random)).Alert(random.Next(2) == 0, (byte)random.Next(256), (byte)random.Next(256));
        }

        session.ClientCertificates([.. Enumerable.Range(0, random.Next(2)).Select(_ => Certificate(random))]);
        session.Version((ProtocolVersion)random.Next(65536)).Group((NamedGroup)random.Next(65536)).Resumed((Resumption)random.Next(4)).OcspResponse(random.Next(-1, 9));
        session.Anomalies((TlsAnomalies)random.Next(64), random.Next(3)).Gaps(random.Next(2) == 0, random.Next(2) == 0).StartTime(random.NextInt64(long.MinValue, long.MaxValue));
        return (random.Next(2) == 0 ? session.Completed() : session).Build();
    }

    private static Tls.Certificates.CertificateFacts Certificate(Random random) => random.Next(4) switch
    {
        0 => ForgedCertificates.Fastly,
        1 => ForgedCertificates.GlobalSign,
        2 => ForgedCertificates.Full,
        _ => ForgedCertificates.Unreadable,
    };

    private static HeldHelloBuilder Hello(Random random)
    {
        HeldHelloBuilder hello = new()
        {
            LegacyVersion = (ProtocolVersion)random.Next(65536),
            Random = Bytes(random, 32),
            SessionId = Bytes(random, random.Next(33)),
            CipherSuites = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (ushort)random.Next(65536))],
            CompressionMethods = Bytes(random, random.Next(4)),
            ExtensionBlock = random.Next(8) == 0 ? (ExtensionBlockState)random.Next(4) : null,
        };
        for (int i = random.Next(12); i > 0; i--)
        {
            _ = random.Next(4) switch
            {
                0 => hello.ServerName(Bytes(random, random.Next(40))),
                1 => hello.Protocols(Bytes(random, random.Next(20)), Bytes(random, random.Next(20))),
                _ => hello.Extension((ushort)random.Next(56), (ushort)random.Next(100), Bytes(random, random.Next(12))),
            };
        }

        return hello;
    }

    private static ConnectionFacts Connection(Random random)
    {
        ConnectionFacts connection = Rendered.Connection(clientPort: (ushort)random.Next(65536));
        (connection.OuterVlan, connection.InnerVlan) = (random.Next(2) == 0 ? DecodedFrame.NoVlan : (ushort)random.Next(4096), DecodedFrame.NoVlan);
        (connection.Carrier, connection.CarrierId) = ((CarrierKind)random.Next(13), (uint)random.NextInt64(uint.MaxValue));
        (connection.EndReason, connection.Ordinal) = ((EndReason)random.Next(8), random.Next(3));
        (connection.SynTime, connection.SynAckTime) = (random.NextInt64(100), random.NextInt64(100));
        return connection;
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
