using TlsAppliance.Network.Reassembly;
using TlsAppliance.Pipeline.Survey;

namespace TlsAppliance.Pipeline.Tests.Survey;

public class SurveyedSideTests
{
    private readonly SurveyedSide _side = new();

    [Fact]
    public void What_is_seen_before_it_is_acknowledged_is_not_missing()
    {
        See(100, 50);
        Acknowledge(150);
        Assert.Equal((50, 0), (_side.SeenBytes, _side.UnseenBytes));
    }

    [Fact]
    public void A_hole_is_missing_only_when_the_other_side_has_it()
    {
        See(100, 50);
        See(200, 50);
        Assert.Equal(0, _side.UnseenBytes);
        Acknowledge(180);
        Assert.Equal(0, _side.UnseenBytes);
        Acknowledge(250);
        Assert.Equal((100, 50), (_side.SeenBytes, _side.UnseenBytes));
    }

    [Fact]
    public void What_comes_late_was_not_missing()
    {
        See(100, 50);
        See(200, 50);
        Acknowledge(250);
        See(150, 20);
        Assert.Equal((120, 30), (_side.SeenBytes, _side.UnseenBytes));
        See(165, 35);
        Assert.Equal((150, 0), (_side.SeenBytes, _side.UnseenBytes));
    }

    [Fact]
    public void Data_behind_its_acknowledgment_is_only_late()
    {
        See(100, 50);
        Acknowledge(250);
        Assert.Equal(100, _side.UnseenBytes);
        See(150, 100);
        Assert.Equal((150, 0), (_side.SeenBytes, _side.UnseenBytes));
    }

    [Fact]
    public void A_retransmission_fills_no_hole_but_its_own()
    {
        See(100, 50);
        See(200, 50);
        See(100, 50);
        Acknowledge(250);
        Assert.Equal((100, 50), (_side.SeenBytes, _side.UnseenBytes));
    }

    [Fact]
    public void A_side_of_which_nothing_came_misses_what_is_acknowledged_from_then_on()
    {
        Acknowledge(1000);
        Acknowledge(5000);
        Assert.Equal((0, 4000), (_side.SeenBytes, _side.UnseenBytes));
    }

    [Fact]
    public void Numbers_wrap()
    {
        See(uint.MaxValue - 49, 50);
        See(50, 50);
        Acknowledge(100);
        Assert.Equal((100, 50), (_side.SeenBytes, _side.UnseenBytes));
    }

    [Fact]
    public void Another_connection_of_the_same_ports_is_no_loss()
    {
        See(100, 50);
        See(2_000_000_000, 50);
        Acknowledge(2_000_000_050);
        Acknowledge(150);
        Assert.Equal(0, _side.UnseenBytes);
    }

    [Fact]
    public void Holes_beyond_those_that_are_remembered_are_counted_all_the_same()
    {
        for (uint i = 0; i < 100; i++)
        {
            See(i * 20, 10);
            Acknowledge((i * 20) + 10);
        }

        Assert.Equal((1000, 990), (_side.SeenBytes, _side.UnseenBytes));
    }

    private void See(uint start, int length) => _side.See(new TcpSequence(start), length);

    private void Acknowledge(uint number) => _side.Acknowledge(new TcpSequence(number));
}
