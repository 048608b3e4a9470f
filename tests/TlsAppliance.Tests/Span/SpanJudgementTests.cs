using TlsAppliance.Doctor;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Survey;
using TlsAppliance.Span;

namespace TlsAppliance.Tests.Span;

/// <summary>What is said of figures.</summary>
public class SpanJudgementTests
{
    private static readonly SpanFigures s_good = new()
    {
        Frames = 300_000,
        WireBytes = 300_000_000,
        TcpFrames = 290_000,
        Segments = 200_000,
        Connections = 5_000,
        JudgedConnections = 4_000,
        SeenBytes = 200_000_000,
        ClientHellos = 900,
        ServerHellos = 890,
    };

    [Fact]
    public void A_good_span_is_called_one()
    {
        IReadOnlyList<Finding> findings = Judge(s_good);
        Assert.All(findings, finding => Assert.True(finding.Verdict == Verdict.Ok, finding.ToString()));
        Assert.Equal("eth1 is a good SPAN.", SpanJudgement.Conclude("eth1", findings));
        Assert.Equal("300,000 in 3.0 s, 100,000 per second, 800.0 Mbit/s", findings[0].Text);
    }

    public static TheoryData<string, string, string> Judgements => new()
    {
        { "silence", "frames", "Problem" },
        { "broadcast alone", "foreign", "Problem" },
        { "own alone", "foreign", "Problem" },
        { "one way", "directions", "Problem" },
        { "some one way", "directions", "Warning" },
        { "few", "directions", "Ok" },
        { "few one way", "directions", "Warning" },
        { "copies", "copies", "Warning" },
        { "some copies", "copies", "Ok" },
        { "unseen", "unseen", "Problem" },
        { "some unseen", "unseen", "Warning" },
        { "no tls", "tls", "Warning" },
        { "clients alone", "tls", "Problem" },
        { "servers alone", "tls", "Problem" },
    };

    [Theory]
    [MemberData(nameof(Judgements))]
    public void Each_fault_is_named(string fault, string check, string verdict)
    {
        SpanFigures figures = fault switch
        {
            "silence" => new SpanFigures(),
            "broadcast alone" => new SpanFigures { Frames = 50 },
            "own alone" => s_good with { OwnConnections = s_good.Connections },
            "one way" => s_good with { OneWayConnections = 1_600 },
            "some one way" => s_good with { OneWayConnections = 200 },
            "few" => s_good with { JudgedConnections = 4 },
            "few one way" => s_good with { JudgedConnections = 4, OneWayConnections = 1 },
            "copies" => s_good with { Duplicates = 90_000 },
            "some copies" => s_good with { Duplicates = 900 },
            "unseen" => s_good with { UnseenBytes = 10_000_000 },
            "some unseen" => s_good with { UnseenBytes = 500_000 },
            "no tls" => s_good with { ClientHellos = 0, ServerHellos = 0 },
            "clients alone" => s_good with { ServerHellos = 0 },
            _ => s_good with { ClientHellos = 0 },
        };
        IReadOnlyList<Finding> findings = Judge(figures);
        Assert.Equal(verdict, findings.Single(finding => finding.Check == check).Verdict.ToString());
        Assert.All(findings, finding => Assert.Equal("eth1", finding.Device));
        Assert.Contains(
            verdict switch
            {
                "Problem" => "is not a good SPAN: " + check,
                "Warning" => "with reservations: " + check,
                _ => "is a good SPAN",
            },
            SpanJudgement.Conclude("eth1", findings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "Ok")]
    [InlineData(10, 0, "Warning")]
    [InlineData(0, 10, "Warning")]
    [InlineData(40_000, 0, "Problem")]
    public void Drops_of_kernel_and_interface_count(long dropped, long lost, string verdict) => Assert.Equal(
        verdict, Judge(s_good, new KernelCounters(300_000, dropped, 0, lost)).Single(finding => finding.Check == "drops").Verdict.ToString());

    [Fact]
    public void Tunnels_are_told_by_name() => Assert.Equal(
        "frames in tunnels: VXLAN 500, GTP-U 20; 40 frames with a VLAN tag",
        Judge(s_good with { TaggedFrames = 40, Tunnelled = new Dictionary<CarrierKind, long> { [CarrierKind.Gtpu] = 20, [CarrierKind.Vxlan] = 500 } })
            .Single(finding => finding.Check == "carriers").Text);

    private static IReadOnlyList<Finding> Judge(SpanFigures figures, KernelCounters kernel = default) =>
        SpanJudgement.Judge(new SpanReading("eth1", TimeSpan.FromSeconds(3), figures, kernel));
}
