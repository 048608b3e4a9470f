using TlsAppliance.Network.Flows;
using TlsAppliance.Testing.Conversations;

namespace TlsAppliance.Pipeline.Tests.Shards;

/// <summary>When a session is published, and why then.</summary>
public class ShardEndTests
{
    [Fact]
    public void A_reset_ends_an_unfinished_handshake() =>
        Assert.Equal("rst", Replay.Of(Begun().Rst(fromClient: false)).EndReason);

    [Fact]
    public void Fin_of_both_ends_an_unfinished_handshake() => Assert.Equal("fin", Replay.Of(Begun().Close()).EndReason);

    [Fact]
    public void A_half_close_ends_one_direction_only()
    {
        Replay replay = Replay.Of(Begun().Fin(fromClient: true).Send(false, TcpConversationTls.ServerFlight).Ack(true));
        Assert.Equal("end_of_input", replay.EndReason);
        Assert.NotNull(replay["tls.server_hello.selected_cipher"]);
    }

    [Fact]
    public void A_fatal_alert_alone_is_not_final()
    {
        Replay replay = Replay.Of(Begun().Send(false, TcpConversationTls.FatalAlert).Ack(true).Close());
        Assert.Equal("fin", replay.EndReason);
        Assert.Equal("5", replay["client.packets"]);
    }

    [Fact]
    public void Silence_ends_an_unfinished_handshake_and_what_comes_later_makes_no_second_event()
    {
        TcpConversation conversation = Begun().Pause(TimeSpan.FromSeconds(11)).Ack(false).Handshake(seed: 2);
        Replay replay = Replay.Of(conversation);
        Assert.Equal("timeout", replay.EndReason);
        Assert.Equal("3", replay["client.packets"]);
        Assert.Equal(5, replay.Counters.Shunted);
    }

    [Fact]
    public void The_timeout_of_unfinished_handshakes_is_an_option()
    {
        TcpConversation conversation = Begun().Pause(TimeSpan.FromSeconds(11)).Ack(false);
        Assert.Equal("end_of_input", Replay.Of(conversation, new PipelineOptions { TransactionTimeout = TimeSpan.FromSeconds(20) }).EndReason);
    }

    [Fact]
    public void A_frame_in_time_keeps_the_session_open()
    {
        TcpConversation conversation = Begun();
        for (int i = 0; i < 5; i++)
        {
            conversation.Pause(TimeSpan.FromSeconds(9)).Ack(false);
        }

        Assert.Equal("end_of_input", Replay.Of(conversation).EndReason);
    }

    [Fact]
    public void The_end_of_the_input_ends_all_sessions() => Assert.Equal("end_of_input", Replay.Of(Begun()).EndReason);

    [Fact]
    public void A_full_table_publishes_the_flow_that_makes_room()
    {
        PipelineOptions options = new() { Flows = new FlowOptions { MaximumFlows = 1 } };
        Replay replay = Replay.Of(Begun().Build().Concat(new TcpConversation(clientPort: 2).Syn().Build(TcpConversation.Start + 1_000_000_000)), options);
        Assert.Equal("evicted", replay.EndReason);
        Assert.Equal(1, replay.Counters.Named["flows.evicted"]);
    }

    [Fact]
    public void What_is_held_behind_a_hole_is_read_at_the_end()
    {
        TcpConversation conversation = new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello()).Send(false, new byte[50]);
        conversation.Segments.RemoveAt(conversation.Segments.Count - 1);
        Replay replay = Replay.Of(conversation.Send(false, TcpConversationTls.ServerFlight).Close());
        Assert.Equal("50", replay["tls_appliance.server.gap_bytes"]);
        Assert.Equal((1, 50), (replay.Counters.Gaps, replay.Counters.GapBytes));
    }

    [Fact]
    public void A_hole_is_given_up_after_two_seconds_of_packet_time_and_the_session_goes_on()
    {
        TcpConversation conversation = new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello()).Send(false, TcpConversationTls.ServerFlight)
            .Send(true, TcpConversationTls.ClientFlight).Send(false, new byte[50]);
        conversation.Segments.RemoveAt(conversation.Segments.Count - 1);
        Replay replay = Replay.Of(conversation.Send(false, TcpConversationTls.Finished).Pause(TimeSpan.FromSeconds(3)).Send(true, TcpConversationTls.Data));
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal("50", replay["tls_appliance.server.gap_bytes"]);
        Assert.Equal(1, replay.Counters.Shunted);
    }

    [Fact]
    public void Bytes_cut_by_a_snapshot_length_are_a_gap()
    {
        TcpConversation conversation = new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello())
            .Send(false, TcpConversationTls.ServerFlight).Change(segment => segment with { Cut = 5 }).Send(true, TcpConversationTls.ClientFlight)
            .Send(false, TcpConversationTls.Finished);
        Replay replay = Replay.Of(conversation);
        Assert.Equal("handshake_completed", replay.EndReason);
        Assert.Equal("5", replay["tls_appliance.server.gap_bytes"]);
    }

    private static TcpConversation Begun() => new TcpConversation().Open().Send(true, TcpConversationTls.ClientHello());
}
