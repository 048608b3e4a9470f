using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Headers;
using TlsAppliance.Pipeline.Dispatch;
using TlsAppliance.Pipeline.Shards;

namespace TlsAppliance.Pipeline.Tests.Dispatch;

public class ShuntTableTests
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;
    private const ulong Flow = 0x1234_5678_9ABC_DEF0;

    private readonly ShuntTable _table = new(connections: 64, idleTimeout: 120 * Second);

    public ShuntTableTests() => _table.Tick(Start);

    [Fact]
    public void An_unknown_connection_is_read() => Assert.False(Data());

    [Fact]
    public void A_finished_connection_is_not_read_any_more()
    {
        Syn(1000);
        Assert.False(Data());
        Finish(1000);
        Assert.True(Data());
        Assert.True(_table.Admit(Flow, TcpFlags.Fin | TcpFlags.Ack, 5000));
        Assert.True(_table.Admit(Flow, TcpFlags.Rst, 5000));
    }

    [Fact]
    public void A_syn_with_a_new_number_is_read_and_lifts_the_shunt()
    {
        Syn(1000);
        Finish(1000);
        Assert.False(Syn(2000));
        Assert.False(Data());
    }

    [Fact]
    public void A_repeated_syn_is_read_and_lifts_nothing()
    {
        Syn(1000);
        Finish(1000);
        Assert.False(Syn(1000));
        Assert.True(Data());
    }

    [Fact]
    public void What_a_shard_says_of_an_earlier_connection_is_stale()
    {
        Syn(1000);
        Syn(2000);
        Finish(1000);
        Assert.False(Data());
        Finish(2000);
        Assert.True(Data());
    }

    [Fact]
    public void A_connection_without_a_syn_is_shunted_until_one_comes()
    {
        _table.Finish(new FinishedFlow(Flow, 0, OpeningKind.None, Start));
        Assert.True(Data());
        Assert.False(Syn(1000));
        Assert.False(Data());
        _table.Finish(new FinishedFlow(Flow, 0, OpeningKind.None, Start));
        Assert.False(Data());
    }

    [Fact]
    public void What_a_shard_says_of_a_syn_that_the_table_has_forgotten_is_not_believed()
    {
        Finish(1000);
        Assert.False(Data());
    }

    [Fact]
    public void Where_only_the_server_is_seen_its_number_tells_the_connections_apart()
    {
        SynAck(7000);
        _table.Finish(new FinishedFlow(Flow, 7000, OpeningKind.SynAck, Start));
        Assert.True(Data());
        Assert.False(SynAck(8000));
        Assert.False(Data());
        _table.Finish(new FinishedFlow(Flow, 7000, OpeningKind.SynAck, Start));
        Assert.False(Data());
        _table.Finish(new FinishedFlow(Flow, 8000, OpeningKind.SynAck, Start));
        Assert.True(Data());
    }

    [Fact]
    public void A_syn_ack_after_a_syn_lifts_the_shunt_until_a_shard_says_it_again_later()
    {
        Syn(1000);
        Assert.False(SynAck(7000));
        Finish(1000);
        Assert.True(Data());
        Assert.False(SynAck(9000));
        Assert.False(Data());
        Finish(1000);
        Assert.False(Data());
        _table.Tick(Start + Second);
        _table.Finish(new FinishedFlow(Flow, 1000, OpeningKind.Syn, Start + Second));
        Assert.True(Data());
    }

    [Fact]
    public void A_syn_counts_more_than_the_syn_ack_before_it()
    {
        SynAck(7000);
        Syn(1000);
        _table.Finish(new FinishedFlow(Flow, 7000, OpeningKind.SynAck, Start));
        Assert.False(Data());
        Finish(1000);
        Assert.True(Data());
    }

    [Fact]
    public void A_simultaneous_open_goes_by_the_later_syn()
    {
        Syn(1000);
        Syn(7000);
        SynAck(1000);
        SynAck(7000);
        Finish(7000);
        Assert.True(Data());
    }

    [Fact]
    public void What_a_shard_said_two_minutes_ago_is_stale()
    {
        _table.Tick(Start + 121 * Second);
        _table.Finish(new FinishedFlow(Flow, 0, OpeningKind.None, Start));
        Assert.False(Data());
    }

    [Fact]
    public void Two_minutes_without_a_frame_lift_the_shunt()
    {
        Syn(1000);
        Finish(1000);
        _table.Tick(Start + 119 * Second);
        Assert.True(Data());
        _table.Tick(Start + 238 * Second);
        Assert.True(Data());
        _table.Tick(Start + 359 * Second);
        Assert.False(Data());
        Assert.False(Data());
    }

    [Fact]
    public void A_full_line_forgets_the_connection_that_was_silent_longest()
    {
        ulong[] sameLine = [.. Enumerable.Range(1, 5).Select(i => ((ulong)i << 32) | 3)];
        for (int i = 0; i < 4; i++)
        {
            _table.Tick(Start + i * Second);
            _table.Admit(sameLine[i], TcpFlags.Syn, 1);
            _table.Finish(new FinishedFlow(sameLine[i], 1, OpeningKind.Syn, Start));
        }

        _table.Tick(Start + 5 * Second);
        Assert.True(_table.Admit(sameLine[0], TcpFlags.Ack, 1));
        _table.Admit(sameLine[4], TcpFlags.Syn, 1);
        Assert.True(_table.Admit(sameLine[0], TcpFlags.Ack, 1));
        Assert.False(_table.Admit(sameLine[1], TcpFlags.Ack, 1));
        Assert.True(_table.Admit(sameLine[2], TcpFlags.Ack, 1));
    }

    [Fact]
    public void Connections_are_remembered_while_the_table_grows()
    {
        ShuntTable table = new(connections: 1 << 20, idleTimeout: 120 * Second);
        table.Tick(Start);
        FlowHash hash = new(7);
        ulong[] flows = [.. Enumerable.Range(0, 50_000).Select(i => hash.Compute(FlowKey.Create((UInt128)i, 1, UInt128.MaxValue, 3, 4, 6, out _)))];
        foreach (ulong flow in flows)
        {
            table.Admit(flow, TcpFlags.Syn, 1);
            table.Finish(new FinishedFlow(flow, 1, OpeningKind.Syn, Start));
        }

        Assert.InRange(flows.Count(flow => table.Admit(flow, TcpFlags.Ack, 2)), 49_000, 50_000);
    }

    [Fact]
    public void A_new_segment_knows_nothing()
    {
        Syn(1000);
        Finish(1000);
        _table.Clear();
        Assert.False(Data());
    }

    [Fact]
    public void A_hash_of_zero_is_a_connection_like_any_other()
    {
        _table.Admit(0, TcpFlags.Syn, 1);
        _table.Finish(new FinishedFlow(0, 1, OpeningKind.Syn, Start));
        Assert.True(_table.Admit(0, TcpFlags.Ack, 2));
    }

    private bool Syn(uint number) => _table.Admit(Flow, TcpFlags.Syn, number);

    private bool SynAck(uint number) => _table.Admit(Flow, TcpFlags.Syn | TcpFlags.Ack, number);

    private bool Data() => _table.Admit(Flow, TcpFlags.Ack | TcpFlags.Psh, 5000);

    private void Finish(uint number) => _table.Finish(new FinishedFlow(Flow, number, OpeningKind.Syn, Start));
}
