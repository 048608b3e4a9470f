using TlsAppliance.Testing;
using TlsAppliance.Testing.Cuts;
using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Tls.Tests.Sessions;

public class TlsSessionTrackerTests
{
    [Fact]
    public void Full_TLS_12_handshake()
    {
        TlsSessionTracker tracker = Conversation.Tls12().Run();
        TlsSession session = tracker.Session;
        Assert.Equal(TrackerStatus.Completed, tracker.Status);
        Assert.True(session.Established);
        Assert.Equal(ProtocolVersion.Tls12, session.Version);
        Assert.Equal(NamedGroup.X25519, session.KeyExchangeGroup);
        Assert.Equal(Resumption.None, session.Resumption);
        Assert.Equal(0, session.OcspResponseStatus);
        Assert.Equal(2, session.ServerCertificates.Count);
        Assert.Empty(session.ClientCertificates);
        Assert.True(session.RolesAreKnown);
        Assert.False(session.ClientIsResponder);
        Assert.Equal((1, 1, 2, 4), (session.StartTime, session.ClientHelloTime, session.ServerHelloTime, session.EndTime));
    }

    [Theory]
    [InlineData(true, Resumption.Ticket)]
    [InlineData(false, Resumption.Id)]
    public void Abbreviated_TLS_12_handshake(bool ticket, Resumption expected)
    {
        TlsSession session = Conversation.Tls12Abbreviated(ticket).Run().Session;
        Assert.True(session.Established);
        Assert.Equal(expected, session.Resumption);
    }

    [Fact]
    public void A_ticket_that_the_server_takes_silently_shows_in_the_abbreviated_handshake()
    {
        TlsSession session = new Conversation()
            .Originator(new Hello { Extensions = [Extension.SessionTicket(1, 2, 3)] }.Client())
            .Responder(new Hello().Server(), TlsBytes.ChangeCipherSpec())
            .Originator(TlsBytes.ChangeCipherSpec())
            .Run().Session;
        Assert.Equal(Resumption.Ticket, session.Resumption);
    }

    [Fact]
    public void An_echoed_session_id_says_that_the_offered_ticket_was_taken()
    {
        byte[] id = TlsBytes.Filler(32);
        TlsSession session = new Conversation()
            .Originator(new Hello { SessionId = id, Extensions = [Extension.SessionTicket(1, 2, 3)] }.Client())
            .Responder(new Hello { SessionId = id }.Server(), TlsBytes.ChangeCipherSpec())
            .Originator(TlsBytes.ChangeCipherSpec())
            .Run().Session;
        Assert.Equal(Resumption.Ticket, session.Resumption);
    }

    [Theory]
    [InlineData(false, true, Resumption.None)]
    [InlineData(false, false, Resumption.None)]
    [InlineData(true, true, Resumption.Psk)]
    public void TLS_13_handshake(bool psk, bool compatibility, Resumption expected)
    {
        TlsSessionTracker tracker = Conversation.Tls13(psk, compatibility).Run();
        Assert.Equal(TrackerStatus.Completed, tracker.Status);
        Assert.Equal(ProtocolVersion.Tls13, tracker.Session.Version);
        Assert.Equal(expected, tracker.Session.Resumption);
        Assert.Equal(NamedGroup.X25519, tracker.Session.KeyExchangeGroup);
        Assert.Equal(3, tracker.Session.EndTime);
    }

    [Fact]
    public void Early_data_is_no_proof_before_the_server_has_answered()
    {
        Conversation whole = Conversation.Tls13EarlyData();
        Assert.Equal(TrackerStatus.Completed, whole.Run().Status);
        Assert.Equal(3, whole.Run().Session.EndTime);

        TlsSessionTracker tracker = new();
        _ = tracker.OnBytes(true, whole.Flights[0].Bytes, 1);
        Assert.Equal(TrackerStatus.Handshake, tracker.OnBytes(false, whole.Flights[1].Bytes, 2));
        Assert.True(tracker.Session.EarlyDataOffered);
    }

    [Fact]
    public void The_compatibility_ChangeCipherSpec_of_TLS_13_proves_nothing()
    {
        Conversation whole = Conversation.Tls13();
        TlsSessionTracker tracker = new();
        _ = tracker.OnBytes(true, whole.Flights[0].Bytes, 1);
        _ = tracker.OnBytes(false, whole.Flights[1].Bytes, 2);
        Assert.Equal(TrackerStatus.Handshake, tracker.OnBytes(true, TlsBytes.ChangeCipherSpec(), 3));
        Assert.Equal(TrackerStatus.Handshake, tracker.OnBytes(true, TlsBytes.ApplicationData(19 /* an encrypted alert */), 4));
    }

    [Fact]
    public void A_TLS_13_session_cut_short_counts_as_established_when_both_hellos_and_both_sides_encryption_were_seen()
    {
        Conversation whole = Conversation.Tls13();
        byte[] server = whole.Flights[1].Bytes;
        Assert.True(new Conversation().Originator(whole.Flights[0].Bytes, TlsBytes.ChangeCipherSpec()).Responder(server).Run().Session.Established);
        Assert.False(new Conversation().Originator(TlsBytes.ChangeCipherSpec()).Responder(server).Run().Session.Established);
        Assert.False(new Conversation().Originator(whole.Flights[0].Bytes).Responder(server).Run().Session.Established);

        Conversation early = Conversation.Tls13EarlyData();
        Assert.True(new Conversation().Originator(early.Flights[0].Bytes).Responder(early.Flights[1].Bytes).Run().Session.Established);
    }

    [Fact]
    public void HelloRetryRequest_is_one_session_with_the_first_ClientHello_and_the_real_ServerHello()
    {
        TlsSession session = Conversation.Tls13Retry().Run().Session;
        Assert.True(session.HelloRetry);
        Assert.True(session.Established);
        Assert.Equal(2, session.ClientHello.CipherSuites.Count);
        Assert.Equal(4, session.ServerHelloTime);
        Assert.Equal(NamedGroup.X25519, session.KeyExchangeGroup);
        Assert.Equal(TlsAnomalies.None, session.Anomalies);
    }

    [Fact]
    public void A_session_that_ends_at_the_HelloRetryRequest_has_no_ServerHello()
    {
        Conversation whole = Conversation.Tls13Retry();
        TlsSession session = new Conversation().Originator(whole.Flights[0].Bytes).Responder(whole.Flights[1].Bytes).Run().Session;
        Assert.True(session.HelloRetry);
        Assert.False(session.HasServerHello);
        Assert.Equal(ProtocolVersion.Tls13, session.Version);
    }

    [Fact]
    public void Client_authentication()
    {
        TlsSession session = Conversation.ClientAuthentication().Run().Session;
        Assert.True(session.ClientCertificateRequested);
        Assert.Single(session.ClientCertificates);
        Assert.Single(session.ServerCertificates);
        Assert.Equal(NamedGroup.Secp256R1, session.KeyExchangeGroup);
    }

    [Fact]
    public void Roles_are_told_from_the_messages_whoever_opened_the_connection()
    {
        foreach (Conversation conversation in Conversation.Complete())
        {
            string expected = Conversation.Facts(conversation.Run()).Replace("client=originator", "client=responder", StringComparison.Ordinal);
            Assert.Equal(expected, Conversation.Facts(conversation.Swapped().Run()));
        }
    }

    [Fact]
    public void One_side_alone_gives_what_it_says_and_is_not_established()
    {
        foreach (Conversation conversation in Conversation.Complete())
        {
            foreach (bool originator in (bool[])[true, false])
            {
                TlsSessionTracker tracker = new();
                foreach ((_, byte[] bytes) in conversation.Flights.Where(flight => flight.FromOriginator == originator))
                {
                    _ = tracker.OnBytes(true, bytes, 1);
                }

                tracker.Finish();
                Assert.True(tracker.HasEvent);
                Assert.Equal(originator, tracker.Session.HasClientHello);
                Assert.Equal(!originator, tracker.Session.HasServerHello);
                Assert.Equal(!originator, tracker.Session.ClientIsResponder);
                Assert.False(tracker.Session.Established);
            }
        }
    }

    [Fact]
    public void Alerts_come_with_their_side_the_clients_first()
    {
        TlsSession session = new Conversation()
            .Responder(TlsBytes.Alert(1, 90))
            .Originator(new Hello().Client(), TlsBytes.Alert(1, 10), TlsBytes.Alert(2, 20))
            .Responder(TlsBytes.Alert(2, 40))
            .Run().Session;
        Assert.Equal([new Alert(true, 1, 10), new Alert(true, 2, 20), new Alert(false, 1, 90), new Alert(false, 2, 40)], session.Alerts);
    }

    [Fact]
    public void A_lone_certificate_is_a_servers()
    {
        TlsSessionTracker tracker = new Conversation().Originator(TlsBytes.Certificate(Conversation.SomeCertificate)).Run();
        Assert.False(tracker.Session.RolesAreKnown);
        Assert.Single(tracker.Session.ServerCertificates);
    }

    [Fact]
    public void SSLv2_framed_hello_is_answered_by_TLS()
    {
        byte[] challenge = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
        TlsSession session = new Conversation()
            .Originator(TlsBytes.Ssl2ClientHello(0x0301, [1, 0, 0x80, 0, 0, 0x2F], [], challenge))
            .Responder(new Hello { LegacyVersion = 0x0301, CipherSuites = [0x002F] }.Server(), TlsBytes.ServerHelloDone())
            .Originator(TlsBytes.ClientKeyExchange(), TlsBytes.ChangeCipherSpec())
            .Responder(TlsBytes.ChangeCipherSpec())
            .Run().Session;
        Assert.True(session.Ssl2Hello);
        Assert.True(session.Established);
        Assert.Equal(1, session.ClientHello.CipherSuites.Count);
        Assert.Equal(ProtocolVersion.Tls10, session.Version);
    }

    [Theory]
    [InlineData("220 mail ESMTP\r\n250-STARTTLS\r\n220 go\r\n", "EHLO me\r\nSTARTTLS\r\n")]
    [InlineData("* OK IMAP4\r\na OK\r\n", "a STARTTLS\r\n")]
    [InlineData("S", "\0\0\0\b\u0004\u00D2\u0016\u002F")]
    [InlineData("\u0003\0\0\u0013\u000E\u00D0\0\0\u0012\u0034\0\u0002", "\u0003\0\0\u0013\u000E\u00E0\0\0\0\0\0\u0001")]
    [InlineData("HTTP/1.1 200 Connection established\r\n\r\n", "CONNECT a:443 HTTP/1.1\r\n\r\n")]
    [InlineData("\u0005\0\u0005\0\0\u0001\0\0\0\0\0\0", "\u0005\u0001\0\u0005\u0001\0\u0001\u007F\0\0\u0001\u0001\u00BB")]
    [InlineData("", "PROXY TCP4 192.0.2.1 192.0.2.2 1 443\r\n")]
    [InlineData("\u004A\0\0\0\n8.0\0", "\u0020\0\0\u0001\u0085\u00AE\u00FF\u0009")]
    public void R27_TLS_is_found_behind_a_plaintext_preamble_however_it_is_cut(string server, string client)
    {
        Conversation conversation = new Conversation()
            .Responder([.. server.Select(letter => (byte)letter)])
            .Originator([.. client.Select(letter => (byte)letter)]);
        foreach ((bool fromOriginator, byte[] bytes) in Conversation.Tls12().Flights)
        {
            _ = fromOriginator ? conversation.Originator(bytes) : conversation.Responder(bytes);
        }

        string expected = Conversation.Facts(conversation.Run());
        Assert.StartsWith("Completed", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Conversation.Facts(conversation.Run(cut: bytes => bytes.Select(value => new[] { value }))));
        Assert.Equal(expected, Conversation.Facts(conversation.Run(cut: bytes => bytes.Chunk(7))));

        // The preamble and the hello in one segment.
        Conversation joined = new Conversation().Originator([.. client.Select(letter => (byte)letter), .. Conversation.Tls12().Flights[0].Bytes]);
        Assert.True(joined.Run().Session.HasClientHello);
    }

    [Fact]
    public void A_hello_behind_the_bounded_preamble_is_not_looked_for()
    {
        byte[] download = [.. "HTTP/1.1 200 OK\r\n\r\n"u8, .. new byte[20_000], .. new Hello().Client()];
        TlsSessionTracker tracker = new Conversation().Responder(download).Originator("GET / HTTP/1.1\r\n\r\n"u8.ToArray()).Run();
        Assert.False(tracker.HasEvent);
        Assert.False(tracker.Wants(fromOriginator: false));
    }

    [Fact]
    public void Both_directions_past_the_bound_are_not_TLS()
    {
        TlsSessionTracker tracker = new();
        _ = tracker.OnBytes(true, new byte[20_000], 1);
        Assert.Equal(TrackerStatus.NotTls, tracker.OnBytes(false, new byte[20_000], 1));
    }

    [Fact]
    public void Encrypted_records_alone_are_no_session()
    {
        byte[] records = [.. Enumerable.Range(0, 40).SelectMany(_ => TlsBytes.ApplicationData(1000))];
        TlsSessionTracker tracker = new Conversation().Originator(records).Responder(records).Run();
        Assert.False(tracker.HasEvent);
        Assert.Equal(TrackerStatus.NotTls, tracker.Status);
    }

    [Fact]
    public void Ten_megabytes_of_random_connections_give_no_event()
    {
        Random random = new(27);
        TlsSessionTracker tracker = new();
        byte[] bytes = new byte[8192];
        for (int i = 0; i < 1280; i++)
        {
            tracker.Reset();
            random.NextBytes(bytes);
            _ = tracker.OnBytes(i % 2 == 0, bytes, 1);
            Assert.False(tracker.HasEvent);
        }
    }

    [Fact]
    public void A_certificate_message_of_340_kB_is_read_and_one_over_the_bound_skipped()
    {
        byte[] certificate = new byte[340_000];
        byte[] messages = TlsBytes.Message(11, TlsBytes.CertificateBody(certificate));
        byte[] records = TlsBytes.Fragmented(messages, 1 << 14);
        Conversation conversation = new Conversation().Originator(new Hello().Client()).Responder(new Hello().Server(), records, TlsBytes.ServerKeyExchange());
        Assert.Equal(340_000, conversation.Run().Session.ServerCertificates[0].Der.Length);

        TlsSession session = conversation.Run(new TlsSessionTracker(
            new TlsOptions { MaxHandshakeMessage = 100_000 }, new HandshakeBufferPool(), new CertificateCache(), new SessionLists())).Session;
        Assert.Empty(session.ServerCertificates);
        Assert.Equal(1, session.SkippedMessages);
        Assert.Equal(TlsAnomalies.OversizedMessage, session.Anomalies);
        Assert.Equal(NamedGroup.X25519, session.KeyExchangeGroup);
    }

    [Fact]
    public void A_hole_costs_the_message_it_lies_in_and_is_told()
    {
        byte[] flight = Conversation.Tls12().Flights[1].Bytes;
        int certificate = new Hello { SessionId = [2], Extensions = [Extension.RenegotiationInfo()] }.Server().Length;
        TlsSessionTracker tracker = new();
        _ = tracker.OnBytes(true, Conversation.Tls12().Flights[0].Bytes, 1);
        _ = tracker.OnBytes(false, flight.AsSpan(0, certificate + 12), 2);
        _ = tracker.OnGap(false, 5, 2);
        _ = tracker.OnBytes(false, flight.AsSpan(certificate + 17), 2);
        tracker.Finish();
        Assert.Equal((false, true), (tracker.Session.ClientGap, tracker.Session.ServerGap));
        Assert.Equal(1, tracker.Session.SkippedMessages);
        Assert.Empty(tracker.Session.ServerCertificates);
        Assert.Equal(NamedGroup.X25519, tracker.Session.KeyExchangeGroup);
    }

    [Fact]
    public void A_lost_first_segment_does_not_cost_what_follows_it()
    {
        byte[] flight = Conversation.Tls12().Flights[1].Bytes;
        TlsSessionTracker tracker = new();
        _ = tracker.OnGap(false, 30, 1);
        _ = tracker.OnBytes(false, flight.AsSpan(30), 1);
        tracker.Finish();
        Assert.True(tracker.Session.RolesAreKnown);
        Assert.Equal(2, tracker.Session.ServerCertificates.Count);
    }

    [Fact]
    public void Secrets_of_a_handshake_stay_out_of_the_session()
    {
        foreach (Conversation conversation in Conversation.Complete())
        {
            TlsSession session = conversation.Run().Session;
            Assert.DoesNotContain((byte)0xA5, session.ClientHelloBytes.ToArray());
            Assert.DoesNotContain((byte)0xA5, session.ServerHelloBytes.ToArray());
        }
    }

    [Fact]
    public void Reset_gives_back_every_buffer_wherever_the_session_was_left()
    {
        HandshakeBufferPool buffers = new();
        TlsSessionTracker tracker = new(new TlsOptions(), buffers, new CertificateCache(), new SessionLists());
        foreach (Conversation conversation in Conversation.Complete())
        {
            byte[] first = conversation.Flights[0].Bytes;
            for (int cut = 0; cut < first.Length; cut++)
            {
                _ = tracker.OnBytes(true, first.AsSpan(0, cut), 1);
                tracker.Reset();
                Assert.Equal(0, buffers.RentedBytes);
            }
        }
    }

    [Fact]
    public void A_pending_hello_costs_about_its_own_size()
    {
        HandshakeBufferPool buffers = new();
        TlsSessionTracker tracker = new(new TlsOptions(), buffers, new CertificateCache(), new SessionLists());
        byte[] hello = new Hello { Extensions = [Extension.ServerName(new string('n', 700))] }.Client();
        _ = tracker.OnBytes(true, hello, 1);
        Assert.InRange(buffers.RentedBytes, 700, 800);
    }

    [Fact]
    public void A_reused_tracker_allocates_nothing_for_a_session()
    {
        (bool FromOriginator, byte[] Bytes)[] flights = [.. Conversation.Complete().SelectMany(conversation => conversation.Flights)];
        TlsSessionTracker tracker = new();
        void Run()
        {
            foreach ((bool fromOriginator, byte[] bytes) in flights)
            {
                _ = tracker.OnBytes(fromOriginator, bytes.AsSpan(0, bytes.Length / 2), 1);
                _ = tracker.OnBytes(fromOriginator, bytes.AsSpan(bytes.Length / 2), 1);
                if (tracker.Status == TrackerStatus.Completed)
                {
                    tracker.Finish();
                    tracker.Reset();
                }
            }
        }

        for (int i = 0; i < 50; i++)
        {
            Run();
        }

        Assert.Equal(0, Allocations.Of(Run));
    }
}
