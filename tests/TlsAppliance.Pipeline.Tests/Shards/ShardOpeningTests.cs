using TlsAppliance.Network.Headers;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Shards;

/// <summary>Which frames open a connection, and who opened it.</summary>
public class ShardOpeningTests
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    [Fact]
    public void N10_a_repeated_syn_is_nothing_new()
    {
        TcpConversation conversation = new TcpConversation().Syn();
        Replay replay = Replay.Of(conversation.Forge(conversation.Last).SynAck().Forge(conversation.Segments[0]).Ack(true).Handshake().Forge(conversation.Segments[0]));
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal(1, replay.Counters.Flows);
    }

    [Fact]
    public void N10_a_forged_syn_with_another_number_does_not_hide_the_session()
    {
        TcpConversation conversation = new TcpConversation().Syn();
        conversation.Forge(conversation.Last with { Sequence = 3_000_000_000 }).SynAck().Ack(true).Handshake();
        Assert.Equal("handshake_completed", Replay.Of(conversation).EndReason);
    }

    [Fact]
    public void N10_a_thousand_different_syn_acks_do_not_hide_the_session()
    {
        TcpConversation conversation = new TcpConversation().Syn().SynAck();
        TcpConversationSegment real = conversation.Last;
        conversation.With(Enumerable.Range(0, 1000).Select(i => real with { Sequence = (uint)i * 4_000_000 + 77 }).Prepend(conversation.Segments[0]));
        Replay replay = Replay.Of(conversation.Forge(real).Ack(true).Handshake());
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal(1, replay.Counters.Flows);
        Assert.Equal(1000, replay.Counters.Named["segments.foreign_opening"]);
    }

    [Fact]
    public void N10_a_syn_ack_from_the_client_side_changes_nothing()
    {
        TcpConversation conversation = new TcpConversation().Syn();
        conversation.Forge(conversation.Last with { Flags = SynAck, Sequence = 5, Acknowledgment = 6 }).SynAck().Ack(true).Handshake();
        Replay replay = Replay.Of(conversation);
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal("10.0.0.1", replay["client.ip"]);
    }

    [Fact]
    public void N10_both_sides_may_open_at_once()
    {
        TcpConversation conversation = new TcpConversation().Syn().SynAck();
        TcpConversationSegment client = conversation.Segments[0], server = conversation.Segments[1];
        conversation.With(
        [
            client,
            server with { Flags = TcpFlags.Syn, Acknowledgment = 0 },
            client with { Flags = SynAck, Acknowledgment = server.Sequence + 1 },
            server,
        ]);
        Replay replay = Replay.Of(conversation.Ack(true).Handshake());
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal(1, replay.Counters.Flows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void N10_the_handshake_of_tcp_may_be_split_in_four_or_five(bool five)
    {
        TcpConversation conversation = new TcpConversation().Syn().SynAck();
        TcpConversationSegment client = conversation.Segments[0], server = conversation.Segments[1];
        List<TcpConversationSegment> split =
        [
            client,
            server with { Flags = TcpFlags.Ack },
            server with { Flags = TcpFlags.Syn, Acknowledgment = 0 },
            client with { Flags = SynAck, Acknowledgment = server.Sequence + 1 },
            server with { Flags = TcpFlags.Ack, Sequence = server.Sequence + 1 },
        ];
        if (!five)
        {
            split.RemoveAt(1);
        }

        Replay replay = Replay.Of(conversation.With(split).Handshake());
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal("10.0.0.1", replay["client.ip"]);
        Assert.Equal(1, replay.Counters.Flows);
    }

    [Fact]
    public void N11_a_reset_out_of_window_is_ignored()
    {
        TcpConversation conversation = Begun().Rst(fromClient: false).Change(segment => segment with { Sequence = segment.Sequence + 50_000_000 });
        Replay replay = Replay.Of(conversation.Send(false, TcpConversationTls.ServerFlight));
        Assert.Equal("end_of_input", replay.EndReason);
        Assert.Equal(1, replay.Counters.Named["segments.reset_ignored"]);
    }

    [Fact]
    public void N11_a_reset_with_a_wrong_acknowledgment_is_ignored()
    {
        TcpConversation conversation = Begun().Rst(fromClient: false).Change(segment => segment with { Acknowledgment = 4_000_000_000 });
        Assert.Equal("end_of_input", Replay.Of(conversation).EndReason);
    }

    [Fact]
    public void N11_the_payload_of_a_reset_is_no_part_of_the_stream()
    {
        TcpConversation conversation = Begun().Rst(fromClient: false).Change(segment => segment with { Payload = TcpConversationTls.ServerFlight });
        Replay replay = Replay.Of(conversation);
        Assert.Equal("rst", replay.EndReason);
        Assert.Null(replay["tls.server_hello"]);
    }

    [Fact]
    public void N11_data_after_a_reset_makes_no_second_event()
    {
        Replay replay = Replay.Of(Begun().Rst(fromClient: false).Send(false, TcpConversationTls.ServerFlight).Send(true, TcpConversationTls.ClientHello(2)));
        Assert.Equal("rst", replay.EndReason);
        Assert.Equal(2, replay.Counters.Shunted);
    }

    [Fact]
    public void N11_a_reset_that_overtook_data_waits_for_it()
    {
        TcpConversation conversation = Begun().Send(false, TcpConversationTls.ServerFlight).Rst(fromClient: false);
        (conversation.Segments[^1], conversation.Segments[^2]) = (conversation.Segments[^2], conversation.Segments[^1]);
        Replay replay = Replay.Of(conversation);
        Assert.Equal("rst", replay.EndReason);
        Assert.NotNull(replay["tls.server_hello.selected_cipher"]);
    }

    [Fact]
    public void N11_a_reset_behind_a_hole_that_is_never_filled_counts_after_a_while()
    {
        TcpConversation conversation = Begun().Send(false, TcpConversationTls.ServerFlight).Rst(fromClient: false);
        conversation.Segments.RemoveAt(conversation.Segments.Count - 2);
        Replay replay = Replay.Of(conversation.Pause(TimeSpan.FromSeconds(3)).Ack(true));
        Assert.Equal("rst", replay.EndReason);
        Assert.Equal(1, replay.Counters.Shunted);
    }

    [Fact]
    public void N11_the_answer_that_crossed_the_reset_of_a_client_is_read()
    {
        TcpConversation conversation = Begun().Fin(fromClient: true).Rst(fromClient: true).Send(false, TcpConversationTls.ServerFlight).Rst(fromClient: true);
        Replay replay = Replay.Of(conversation);
        Assert.Equal("rst", replay.EndReason);
        Assert.NotNull(replay["tls.server_hello.selected_cipher"]);
    }

    [Fact]
    public void N11_what_a_client_sends_after_its_own_reset_is_not_read()
    {
        TcpConversation conversation = Begun().Rst(fromClient: true).Send(true, TcpConversationTls.ClientFlight).Send(false, TcpConversationTls.ServerFlight)
            .Send(false, TcpConversationTls.Finished);
        Assert.Equal("rst", Replay.Of(conversation).EndReason);
    }

    [Fact]
    public void N11_the_answer_to_a_client_that_has_reset_is_awaited_for_two_seconds()
    {
        Replay replay = Replay.Of(Begun().Rst(fromClient: true).Pause(TimeSpan.FromSeconds(3)).Send(false, TcpConversationTls.ServerFlight));
        Assert.Equal("rst", replay.EndReason);
        Assert.Null(replay["tls.server_hello"]);
        Assert.Equal(1, replay.Counters.Shunted);
    }

    [Fact]
    public void A_refused_connection_gives_no_event()
    {
        TcpConversation conversation = new TcpConversation().Syn();
        Replay replay = Replay.Of(conversation.Rst(fromClient: false).Change(segment => segment with { Sequence = 0, Acknowledgment = conversation.ClientNumber + 1 }));
        Assert.Empty(replay.Events);
        Assert.Equal(0, replay.Counters.Named["segments.reset_ignored"]);
    }

    [Fact]
    public void N15_urgent_data_is_read_in_line()
    {
        TcpConversation conversation = new TcpConversation { SegmentSize = 20 }.Open().Handshake();
        conversation.With(conversation.Segments.Select((segment, index) => index == 4 ? segment with { Flags = segment.Flags | TcpFlags.Urg } : segment));
        Replay replay = Replay.Of(conversation);
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal(1, replay.Counters.Named["segments.urgent"]);
    }

    [Fact]
    public void N16_a_new_syn_while_the_old_session_is_open_publishes_it()
    {
        TcpConversation old = Begun(), next = new TcpConversation(clientNumber: 77_000_000).Open().Handshake(seed: 2);
        Replay replay = Replay.Of(old.Build().Concat(next.Build(TcpConversation.Start + 1_000_000_000)));
        Assert.Equal(["port_reuse", "handshake_completed"], replay.Events.Select(EndReason));
        Assert.Equal(2, replay.Counters.Flows);
    }

    [Fact]
    public void N16_a_new_syn_after_a_finished_session_opens_another()
    {
        TcpConversation next = new TcpConversation(clientNumber: 77_000_000).Session(seed: 2);
        Replay replay = Replay.Of(new TcpConversation().Session().Build().Concat(next.Build(TcpConversation.Start + 1_000_000_000)));
        Assert.Equal(2, replay.Events.Count);
        Assert.Equal(0, replay.Counters.Copies);
    }

    [Fact]
    public void N16_port_reuse_seen_from_the_server_side_only()
    {
        IEnumerable<Testing.Captures.RecordedFrame> frames = ServerSide(new TcpConversation().Session()).Build()
            .Concat(ServerSide(new TcpConversation(clientNumber: 5, serverNumber: 77_000_000).Session(seed: 2)).Build(TcpConversation.Start + 1_000_000_000));
        Assert.Equal(2, Replay.Of(frames).Events.Count);
    }

    [Fact]
    public void N16_midstream_start_is_read()
    {
        Replay replay = Replay.Of(new TcpConversation().Handshake());
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal("10.0.0.1", replay["client.ip"]);
    }

    [Fact]
    public void N16_midstream_start_with_the_segments_of_the_hello_reversed()
    {
        TcpConversation conversation = new TcpConversation { SegmentSize = 20 }.Handshake();
        int hello = conversation.Segments.TakeWhile(segment => segment.FromClient).Count();
        conversation.With(conversation.Segments.Take(hello).Reverse().Concat(conversation.Segments.Skip(hello)));
        Assert.Equal("handshake_completed", Replay.Of(conversation).EndReason);
    }

    [Fact]
    public void N16_one_way_captures_give_their_half()
    {
        Replay client = Replay.Of(new TcpConversation().Session().With(new TcpConversation().Session().Segments.Where(segment => segment.FromClient)));
        Assert.Equal("10.0.0.1", client["client.ip"]);
        Assert.Null(client["tls.server_hello"]);
        Replay server = Replay.Of(ServerSide(new TcpConversation().Session()));
        Assert.Equal("10.0.0.1", server["client.ip"]);
        Assert.Null(server["tls.client_hello"]);
    }

    [Fact]
    public void N16_a_direction_that_is_swapped_at_the_first_packet_is_put_right()
    {
        TcpConversation conversation = new TcpConversation().Open().Handshake();
        Replay acknowledged = Replay.Of(new TcpConversation().Open().Handshake().With(conversation.Segments.Skip(1)));
        Assert.Equal("10.0.0.1", acknowledged["client.ip"]);
        conversation.Segments.RemoveRange(0, 3);
        conversation.Segments.Insert(0, conversation.Segments[0] with { FromClient = false, Payload = [], Sequence = 900_000_001, Acknowledgment = 1001, Flags = TcpFlags.Ack });
        Assert.Equal("10.0.0.1", Replay.Of(conversation)["client.ip"]);
    }

    [Fact]
    public void A_syn_ack_may_come_before_its_syn()
    {
        TcpConversation conversation = new TcpConversation().Open().Handshake();
        (conversation.Segments[0], conversation.Segments[1]) = (conversation.Segments[1], conversation.Segments[0]);
        Replay replay = Replay.Of(conversation);
        Assert.Equal(("10.0.0.1", 1L), (replay["client.ip"], replay.Counters.Flows));
        Assert.Equal("handshake_completed", replay.EndReason);
    }

    [Fact]
    public void A_syn_may_come_after_the_first_data()
    {
        TcpConversation conversation = new TcpConversation().Open().Handshake();
        conversation.With([conversation.Segments[3], conversation.Segments[0], conversation.Segments[1], .. conversation.Segments.Skip(4)]);
        Replay replay = Replay.Of(conversation);
        Assert.Equal(1, replay.Counters.Flows);
        Assert.Equal("handshake_completed", replay.EndReason);
    }

    [Fact]
    public void Data_in_the_syn_is_read_and_its_repetition_is_not()
    {
        TcpConversation conversation = new TcpConversation().Syn(TcpConversationTls.ClientHello()).SynAck();
        TcpConversationSegment syn = conversation.Segments[0];
        conversation.Change(segment => segment with { Acknowledgment = syn.Sequence + 1 });
        conversation.Forge(syn with { Flags = TcpFlags.Ack, Sequence = syn.Sequence + 1, Acknowledgment = conversation.ServerNumber + 1 });
        Replay replay = Replay.Of(conversation.Send(false, TcpConversationTls.ServerFlight).Send(true, TcpConversationTls.ClientFlight).Send(false, TcpConversationTls.Finished));
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal(1, replay.Counters.Named["segments.duplicate"]);
    }

    [Fact]
    public void A_syn_of_another_attempt_does_not_stand_against_the_data()
    {
        TcpConversation conversation = new TcpConversation().Handshake();
        conversation.Segments.Insert(0, new TcpConversation(clientNumber: 3_000_000_000).Syn().Last);
        Assert.Equal("handshake_completed", Replay.Of(conversation).EndReason);
    }

    [Fact]
    public void The_same_traffic_again_with_other_numbers_is_a_copy()
    {
        TcpConversation copy = new TcpConversation(clientNumber: 3_000_000_000, serverNumber: 7).Session();
        Replay replay = Replay.Of(new TcpConversation().Session().Build().Concat(copy.Build(TcpConversation.Start + 1_000_000_000)));
        Assert.Single(replay.Events);
        Assert.Equal((2, 1), (replay.Counters.Sessions, replay.Counters.Copies));
    }

    [Fact]
    public void Before_and_behind_a_device_that_rewrites_numbers_is_one_session()
    {
        TcpConversation before = new TcpConversation().Session(), behind = new TcpConversation(clientNumber: 3_000_000_000, serverNumber: 7).Session();
        List<TcpConversationSegment> both = [];
        for (int i = 0; i < before.Segments.Count; i++)
        {
            // What the client sends passes the first point first, what the server sends the second.
            bool fromClient = before.Segments[i].FromClient;
            both.AddRange(fromClient ? [before.Segments[i], behind.Segments[i]] : [behind.Segments[i], before.Segments[i]]);
        }

        Replay replay = Replay.Of(before.With(both));
        Assert.Equal("handshake_completed", replay.EndReason);
    }

    [Fact]
    public void A_second_copy_of_one_direction_with_other_numbers_is_one_session()
    {
        TcpConversation seen = new TcpConversation().Session(), rewritten = new TcpConversation(clientNumber: 3_000_000_000, serverNumber: 7).Session();
        TcpConversation both = new TcpConversation().With(seen.Segments.Zip(rewritten.Segments)
            .SelectMany(pair => pair.First.FromClient ? [pair.First] : new[] { pair.Second, pair.First }));
        Replay replay = Replay.Of(both);
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal(1, replay.Counters.Flows);
    }

    [Fact]
    public void N17_the_same_tuple_in_two_vlans_is_one_session_seen_twice()
    {
        TcpConversation conversation = new TcpConversation().Session();
        conversation.With(conversation.Segments.SelectMany(segment => new[] { segment with { Vlan = 10 }, segment with { Vlan = 20 } }));
        Replay replay = Replay.Of(conversation);
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal("10", replay["network.vlan.id"]);
    }

    private static TcpConversation Begun() => new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello());

    private static TcpConversation ServerSide(TcpConversation conversation) => conversation.With(conversation.Segments.Where(segment => !segment.FromClient));

    private static string? EndReason(System.Text.Json.JsonElement e) => e.GetProperty("tls_appliance").GetProperty("end_reason").GetString();
}
