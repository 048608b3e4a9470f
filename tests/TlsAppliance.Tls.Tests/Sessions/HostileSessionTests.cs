using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Tls.Tests.Sessions;

/// <summary>Malformed and hostile sessions by their class: what was read before the damage is kept, and nothing throws.</summary>
public class HostileSessionTests
{
    private static readonly byte[] ClientHello = new Hello { Extensions = [Extension.ServerName("a.example")] }.Client();
    private static readonly byte[] ServerHello = new Hello().Server();

    [Fact]
    public void R21_thousands_of_empty_records_do_no_harm()
    {
        foreach (byte type in (byte[])[20, 21, 22, 23, 24])
        {
            byte[] empty = [.. Enumerable.Range(0, 3000).SelectMany(_ => TlsBytes.Record(type == 20 ? (byte)24 : type, []))];
            TlsSession session = new Conversation().Originator(ClientHello, empty, TlsBytes.Alert(2, 40)).Run().Session;
            Assert.True(session.HasClientHello);
            Assert.Single(session.Alerts);
        }
    }

    [Fact]
    public void R24_a_hello_over_records_of_one_byte_and_many_messages_in_one_record()
    {
        byte[] message = ClientHello[5..];
        byte[] records = TlsBytes.Fragmented(message, 1);
        string expected = Conversation.Facts(new Conversation().Originator(ClientHello).Run());
        Assert.Equal(expected, Conversation.Facts(new Conversation().Originator(records).Run()));
        Assert.Equal(expected, Conversation.Facts(new Conversation().Originator(records).Run(cut: bytes => bytes.Chunk(1))));

        byte[] joined = TlsBytes.Record(22, [.. ServerHello[5..], .. TlsBytes.ServerKeyExchange()[5..], .. TlsBytes.ServerHelloDone()[5..]]);
        Assert.Equal(NamedGroup.X25519, new Conversation().Responder(joined).Run().Session.KeyExchangeGroup);
    }

    [Fact]
    public void R25_other_records_between_the_fragments_of_a_message_do_no_harm()
    {
        byte[] message = ClientHello[5..];
        TlsSession session = new Conversation().Originator(
            TlsBytes.Record(22, message[..20]),
            TlsBytes.Alert(1, 90),
            TlsBytes.ApplicationData(),
            TlsBytes.Record(24, [1]),
            TlsBytes.Record(22, message[20..])).Run().Session;
        Assert.True(session.HasClientHello);
        Assert.Single(session.Alerts);
        Assert.True(new Conversation().Originator(TlsBytes.ApplicationData(), ClientHello).Run().Session.HasClientHello);
    }

    [Fact]
    public void R26_alert_records_of_other_lengths_are_taken_for_encrypted_and_many_are_bounded()
    {
        foreach (int length in (int[])[1, 3, 26, 16_384])
        {
            TlsSession session = new Conversation().Originator(ClientHello, TlsBytes.Record(21, new byte[length]), TlsBytes.Alert(2, 0)).Run().Session;
            Assert.Equal([new Alert(true, 2, 0)], session.Alerts);
        }

        byte[] many = [.. Enumerable.Range(0, 100).SelectMany(_ => TlsBytes.Alert(1, 90))];
        TlsSession flooded = new Conversation().Originator(ClientHello, many).Run().Session;
        Assert.Equal(new TlsOptions().MaxAlerts, flooded.Alerts.Count);
        Assert.Equal(TlsAnomalies.TooMany, flooded.Anomalies);
    }

    [Fact]
    public void R27_garbage_between_records_is_stepped_over_and_noted()
    {
        byte[] garbage = [.. "HTTP/1.1 400 Bad Request\r\n\r\n"u8];
        TlsSession session = new Conversation().Originator(ClientHello, garbage, TlsBytes.Alert(2, 40)).Run().Session;
        Assert.True(session.HasClientHello);
        Assert.Single(session.Alerts);
        Assert.Equal(TlsAnomalies.MalformedRecord, session.Anomalies);
    }

    [Fact]
    public void R27_other_protocols_are_no_TLS()
    {
        foreach (string text in (string[])["GET / HTTP/1.1\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "220 ready\r\n", "\u0016\u0003", "\u0080"])
        {
            Assert.False(new Conversation().Originator([.. text.Select(letter => (byte)letter)]).Run().HasEvent);
        }
    }

    [Fact]
    public void R28_both_sides_send_a_ClientHello_or_the_server_speaks_first()
    {
        byte[] other = new Hello { CipherSuites = [0x1301] }.Client();
        string expected = Conversation.Facts(new Conversation().Originator(ClientHello).Responder(other).Run());
        Assert.Contains("RepeatedClientHello", expected, StringComparison.Ordinal);
        TlsSession session = new Conversation().Responder(other).Originator(ClientHello).Run().Session;
        Assert.Equal(2, session.ClientHello.CipherSuites.Count);
        Assert.False(session.ClientIsResponder);

        TlsSession serverFirst = new Conversation().Responder(TlsBytes.Handshake(0 /* hello_request */), ServerHello).Originator(ClientHello).Run().Session;
        Assert.True(serverFirst.HasServerHello && serverFirst.HasClientHello);
    }

    [Fact]
    public void R28_TLS_inside_of_TLS_is_not_looked_for()
    {
        byte[] nested = TlsBytes.Record(23, new Hello { CipherSuites = [0x1301] }.Client());
        Assert.Equal(2, new Conversation().Originator(ClientHello, nested).Run().Session.ClientHello.CipherSuites.Count);
    }

    [Fact]
    public void R29_SSLv2_hellos_that_break_their_structure_are_no_TLS()
    {
        byte[] record = TlsBytes.Ssl2ClientHello(0x0002, [1, 0, 0x80], new byte[16], new byte[16]);
        Assert.True(new Conversation().Originator(record).Run().Session.Ssl2Hello);
        foreach (byte[] prefix in Cutter.Prefixes(record))
        {
            Assert.False(new Conversation().Originator(prefix).Run().HasEvent);
        }
    }

    [Fact]
    public void R30_a_connection_cut_at_every_byte_gives_what_was_complete()
    {
        foreach (Conversation conversation in Conversation.Complete())
        {
            TlsSessionTracker tracker = new();
            foreach ((bool fromOriginator, byte[] bytes) in conversation.Flights)
            {
                foreach (byte value in bytes)
                {
                    tracker.OnBytes(fromOriginator, [value], 1);
                }
            }

            tracker.Finish();
            Assert.True(tracker.Session.Established);
            byte[] first = conversation.Flights[0].Bytes;
            int end = 5 + (first[3] << 8 | first[4]);
            for (int cut = 0; cut < first.Length; cut++)
            {
                Assert.Equal(cut >= end, new Conversation().Originator(first[..cut]).Run().HasEvent);
            }
        }
    }

    [Fact]
    public void H32_unknown_messages_and_bodies_where_none_belongs_are_passed_over()
    {
        TlsSession session = new Conversation()
            .Responder(
                TlsBytes.Handshake(0, 1, 2, 3), ServerHello, TlsBytes.Handshake(99, 1), TlsBytes.Handshake(24, 0), TlsBytes.Handshake(254, new byte[36]),
                TlsBytes.ServerKeyExchange(), TlsBytes.Handshake(14, 9, 9))
            .Originator(ClientHello)
            .Run().Session;
        Assert.Equal(NamedGroup.X25519, session.KeyExchangeGroup);
        Assert.Equal(TlsAnomalies.None, session.Anomalies);
    }

    [Fact]
    public void H33_messages_out_of_order_and_twice()
    {
        byte[] second = new Hello { CipherSuites = [0x1301] }.Client();
        TlsSession twice = new Conversation().Originator(ClientHello, second).Run().Session;
        Assert.Equal(2, twice.ClientHello.CipherSuites.Count);
        Assert.Equal(TlsAnomalies.RepeatedClientHello, twice.Anomalies);

        TlsSession servers = new Conversation().Responder(ServerHello, new Hello { CipherSuites = [0x002F] }.Server()).Run().Session;
        Assert.Equal(0xC02F, servers.ServerHello.CipherSuites[0]);

        TlsSession early = new Conversation().Responder(TlsBytes.Certificate(Conversation.SomeCertificate), ServerHello).Run().Session;
        Assert.Single(early.ServerCertificates);
        Assert.True(early.HasServerHello);

        byte[] retry = Conversation.Tls13Retry().Flights[1].Bytes;
        Assert.True(new Conversation().Responder(retry, retry, Conversation.Tls13().Flights[1].Bytes).Run().Session.HasServerHello);
        Assert.True(new Conversation().Originator(TlsBytes.Handshake(20, new byte[12]), ClientHello).Run().HasEvent);
    }

    [Fact]
    public void H34_hellos_of_64_KB_100_KB_and_128_KB()
    {
        foreach (int length in (int[])[30_000, 60_000, 65_000])
        {
            Hello hello = new() { Extensions = [Extension.KeyShare(new byte[length - 100], 29)] };
            byte[] records = TlsBytes.Fragmented(TlsBytes.Message(1, hello.ClientBody()), 16_384);
            TlsSession session = new Conversation().Originator(records).Run(cut: bytes => bytes.Chunk(1460)).Session;
            Assert.True(session.HasClientHello);
            Assert.True(session.ClientHelloLength < 100);
        }

        Hello large = new() { CipherSuites = [.. Enumerable.Repeat((ushort)0x1301, 32_767)], Extensions = [new Extension(9999, new byte[65_000])] };
        byte[] large128 = TlsBytes.Fragmented(TlsBytes.Message(1, large.ClientBody()), 16_384);
        Assert.Equal(32_767, new Conversation().Originator(large128).Run().Session.ClientHello.CipherSuites.Count);
    }

    [Fact]
    public void H31_a_hello_shorter_than_it_says_waits_and_one_longer_than_its_body_is_malformed()
    {
        byte[] longer = [.. ClientHello];
        longer[8]++; // handshake length
        Assert.False(new Conversation().Originator(longer).Run().HasEvent);
        byte[] shorter = TlsBytes.Handshake(1, new Hello().ClientBody()[..30]);
        TlsSession session = new Conversation().Originator(shorter, TlsBytes.Alert(2, 50)).Run().Session;
        Assert.Equal(TlsAnomalies.MalformedMessage, session.Anomalies & TlsAnomalies.MalformedMessage);
        Assert.False(session.HasClientHello);
    }

    [Fact]
    public void H38_a_malformed_extension_block_costs_the_extensions_and_not_the_hello()
    {
        byte[] head = new Hello { Extensions = null }.ClientBody();
        TlsSession session = new Conversation().Originator(TlsBytes.Handshake(1, [.. head, 0, 9, 0, 0, 0])).Run().Session;
        Assert.Equal(ExtensionBlockState.Malformed, session.ClientHello.ExtensionBlock);
        Assert.Equal(TlsAnomalies.MalformedExtensions, session.Anomalies);
    }

    [Fact]
    public void H49_a_server_that_picks_what_was_never_offered_is_reported_as_it_spoke()
    {
        TlsSession session = new Conversation()
            .Originator(ClientHello)
            .Responder(new Hello { CipherSuites = [0x0005], CompressionMethods = [1], Extensions = [Extension.SelectedVersion(0x0301)] }.Server())
            .Run().Session;
        Assert.Equal(0x0005, session.ServerHello.CipherSuites[0]);
        Assert.Equal(1, session.ServerHello.CompressionMethods[0]);
        Assert.Equal(ProtocolVersion.Tls10, session.Version);
    }

    [Fact]
    public void H50_renegotiation_in_the_clear_and_a_large_CertificateRequest()
    {
        byte[] authorities = TlsBytes.Fragmented(TlsBytes.Message(13, [1, 1, 0, 0, .. new byte[65_000]]), 16_384);
        TlsSession session = new Conversation()
            .Originator(ClientHello)
            .Responder(ServerHello, authorities, TlsBytes.Handshake(0 /* hello_request */))
            .Originator(ClientHello)
            .Run().Session;
        Assert.True(session.ClientCertificateRequested);
        Assert.Equal(TlsAnomalies.RepeatedClientHello, session.Anomalies);
        Assert.Equal(1, session.ClientHelloTime);
    }

    [Fact]
    public void C51_certificate_lists_that_contradict_themselves_keep_their_complete_entries()
    {
        TlsSession session = new Conversation()
            .Responder(ServerHello, TlsBytes.Handshake(11, [.. new WireWriter().UInt24(0xFFFFFF).Vector24(Conversation.SomeCertificate).UInt24(9).ToArray()]))
            .Run().Session;
        Assert.Single(session.ServerCertificates);
        Assert.Equal(TlsAnomalies.MalformedMessage, session.Anomalies);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void C52_a_certificate_message_in_the_form_of_tls_1_3_ends_nothing_and_invents_no_name(int context)
    {
        byte[] entry = [.. new WireWriter().Vector24(Conversation.SomeCertificate).Vector16().ToArray()];
        byte[] body = [(byte)context, .. TlsBytes.Filler(context), .. new WireWriter().Vector24(entry).ToArray()];
        TlsSession session = new Conversation().Responder(ServerHello, TlsBytes.Handshake(11, body), TlsBytes.CertificateRequest()).Run().Session;
        Assert.True((session.Anomalies & TlsAnomalies.MalformedMessage) != 0);
        Assert.All(session.ServerCertificates, certificate => Assert.Equal("", certificate.Subject.Text));
        Assert.True(session.ClientCertificateRequested);
    }

    [Fact]
    public void C52_a_certificate_in_the_clear_after_a_ServerHello_of_tls_1_3_is_not_the_servers()
    {
        byte[] hello = new Hello { Extensions = [Extension.SelectedVersion(0x0304)] }.Server();
        TlsSession session = new Conversation().Responder(hello, TlsBytes.Certificate(Conversation.SomeCertificate)).Run().Session;
        Assert.Equal(ProtocolVersion.Tls13, session.Version);
        Assert.Empty(session.ServerCertificates);
    }

    [Fact]
    public void C53_a_thousand_certificates_are_bounded()
    {
        byte[][] many = [.. Enumerable.Repeat(Conversation.SomeCertificate, 1000)];
        TlsSession session = new Conversation().Responder(ServerHello, TlsBytes.Certificate(many)).Run().Session;
        Assert.Equal(new TlsOptions().MaxCertificates, session.ServerCertificates.Count);
        Assert.Equal(TlsAnomalies.TooMany, session.Anomalies);
    }

    [Fact]
    public void Preambles_made_of_heads_of_hellos_are_given_up_in_bounded_time()
    {
        byte[] head = [0x16, 3, 1, 0x3F, 0xF0, 1, 0, 0x3F, 0xEC, 3, 3];
        byte[] hostile = [0xFF, .. Enumerable.Repeat(head, 4000).SelectMany(bytes => bytes)];
        TlsSessionTracker tracker = new Conversation().Originator(hostile).Run(cut: bytes => bytes.Chunk(100));
        Assert.False(tracker.HasEvent);
        Assert.False(tracker.Wants(fromOriginator: true));
    }

    [Fact]
    public void Mutated_sessions_end_and_never_throw()
    {
        HandshakeBufferPool buffers = new();
        TlsSessionTracker tracker = new(new TlsOptions(), buffers, new CertificateCache(), new SessionLists());
        int seed = 0;
        foreach (Conversation conversation in Conversation.Complete())
        {
            for (int flight = 0; flight < 2; flight++)
            {
                foreach (byte[] mutation in Cutter.Mutations(conversation.Flights[flight].Bytes, ++seed, count: 1000))
                {
                    for (int i = 0; i < conversation.Flights.Count; i++)
                    {
                        (bool fromOriginator, byte[] bytes) = conversation.Flights[i];
                        _ = tracker.OnBytes(fromOriginator, i == flight ? mutation : bytes, i + 1);
                    }

                    tracker.Finish();
                    tracker.Reset();
                    Assert.Equal(0, buffers.RentedBytes);
                }
            }
        }
    }
}
