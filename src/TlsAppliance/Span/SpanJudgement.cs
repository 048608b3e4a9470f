using TlsAppliance.Doctor;
using TlsAppliance.Network.Frames;
using TlsAppliance.Pipeline.Survey;

namespace TlsAppliance.Span;

/// <summary>Whether what an interface shows is a SPAN that sessions can be found in. Judges figures; reads nothing.</summary>
internal static class SpanJudgement
{
    /// <summary>Shares below which chance is as good an explanation, and above which something is wrong.</summary>
    private const double FewOneWay = 0.02, ManyOneWay = 0.2;

    /// <summary>A copy in ten costs time and no session.</summary>
    private const double ManyDuplicates = 0.1;

    private const double FewUnseen = 0.001, ManyUnseen = 0.01;

    private const double ManyDropped = 0.01;

    /// <summary>Shares of less are noise.</summary>
    private const int ConnectionsToJudge = 10;

    public static IReadOnlyList<Finding> Judge(SpanReading reading)
    {
        IEnumerable<(string Check, Finding Finding)> findings = reading.Figures.Frames == 0
            ? [("frames", Silence(reading))]
            :
            [
                ("frames", Finding.Ok(FormattableString.Invariant(
                    $"{reading.Figures.Frames:N0} in {reading.Time.TotalSeconds:0.0} s, {reading.FramesPerSecond:N0} per second, {reading.MegabitsPerSecond:N1} Mbit/s"))),
                ("drops", Drops(reading)),
                ("foreign", Foreign(reading.Figures)),
                ("directions", Directions(reading.Figures)),
                ("copies", Copies(reading.Figures)),
                ("unseen", Unseen(reading)),
                ("carriers", Carriers(reading.Figures)),
                ("tls", Tls(reading.Figures)),
            ];
        return [.. findings.Select(finding => finding.Finding with { Check = finding.Check, Device = reading.Device })];
    }

    /// <summary>One plain sentence.</summary>
    public static string Conclude(string device, IReadOnlyList<Finding> findings)
    {
        string[] causes = [.. findings.Where(finding => finding.Verdict != Verdict.Ok).OrderByDescending(finding => finding.Verdict).Select(finding => finding.Check)];
        string name = Printable.Text(device);
        return DoctorReport.Worst(findings) switch
        {
            Verdict.Ok => $"{name} is a good SPAN.",
            Verdict.Warning => $"{name} is a SPAN that can be used, with reservations: {string.Join(", ", causes)}.",
            _ => $"{name} is not a good SPAN: {string.Join(", ", causes)}.",
        };
    }

    private static Finding Silence(SpanReading reading) => Finding.Problem(
        FormattableString.Invariant($"no frame in {reading.Time.TotalSeconds:0.0} s: cable, the SPAN session of the switch, or a filter"),
        $"ip -s link show dev {ShellWord.Of(reading.Device)}");

    private static Finding Drops(SpanReading reading)
    {
        (long received, long dropped, long lost) = (reading.Kernel.Received, reading.Kernel.Dropped, reading.Kernel.InterfaceDropped);
        string text = FormattableString.Invariant($"{dropped:N0} of {received:N0} frames found no room in the kernel, {lost:N0} were lost by the interface");
        string command = $"sudo tls-appliance doctor -i {ShellWord.Of(reading.Device)}";
        return (dropped + lost) switch
        {
            0 => Finding.Ok("none"),
            long all when all > received * ManyDropped => Finding.Problem(text, command),
            _ => Finding.Warning(text, command),
        };
    }

    private static Finding Foreign(SpanFigures figures) => (figures.Connections, figures.OwnConnections) switch
    {
        (0, _) => Finding.Problem(FormattableString.Invariant(
            $"no TCP among {figures.Frames:N0} frames: only what any port of a switch gets to see, so the switch mirrors nothing to this one")),
        (long all, long own) when all == own => Finding.Problem(
            FormattableString.Invariant($"only this box's own traffic ({own:N0} connection{(own == 1 ? "" : "s")}): the switch mirrors nothing to this port"), "tls-appliance devices"),
        (long all, long own) => Finding.Ok(FormattableString.Invariant($"{all - own:N0} connections of others, {own:N0} of this box")),
    };

    private static Finding Directions(SpanFigures figures)
    {
        string text = FormattableString.Invariant($"{Share(figures.OneWayConnections, figures.JudgedConnections):P1} of {figures.JudgedConnections:N0} connections show one direction alone");
        return Share(figures.OneWayConnections, figures.JudgedConnections) switch
        {
            _ when figures.JudgedConnections < ConnectionsToJudge && figures.OneWayConnections == 0 => Finding.Ok(
                FormattableString.Invariant($"{figures.JudgedConnections:N0} connections in both directions; too few to judge by")),
            _ when figures.JudgedConnections < ConnectionsToJudge => Finding.Warning(text + "; too few to judge by"),
            > ManyOneWay => Finding.Problem(text + ": mirror both directions (rx and tx), of every link that the traffic takes"),
            > FewOneWay => Finding.Warning(text + ": some links are mirrored in one direction, or some ways not at all"),
            _ => Finding.Ok(text),
        };
    }

    private static Finding Copies(SpanFigures figures)
    {
        double share = Share(figures.Duplicates, figures.Segments);
        string text = FormattableString.Invariant($"{share:P1} of the segments came twice");
        return share > ManyDuplicates
            ? Finding.Warning(text + ": two ports of the same way are mirrored; sessions are told once all the same, at twice the load")
            : Finding.Ok(text);
    }

    private static Finding Unseen(SpanReading reading)
    {
        SpanFigures figures = reading.Figures;
        double share = Share(figures.UnseenBytes, figures.SeenBytes + figures.UnseenBytes);
        string text = FormattableString.Invariant($"{figures.UnseenBytes:N0} bytes ({share:P2}) were acknowledged and never seen");
        string command = $"ethtool -S {ShellWord.Of(reading.Device)}";
        return share switch
        {
            > ManyUnseen => Finding.Problem(text + ": the SPAN loses frames before they come here, or carries one direction", command),
            > FewUnseen => Finding.Warning(text + ": the SPAN loses frames before they come here", command),
            _ => Finding.Ok(text),
        };
    }

    private static Finding Carriers(SpanFigures figures)
    {
        string[] carriers =
        [
            .. figures.Tunnelled.OrderByDescending(carrier => carrier.Value).Select(carrier => FormattableString.Invariant($"{Name(carrier.Key)} {carrier.Value:N0}")),
        ];
        string tagged = figures.TaggedFrames == 0 ? "no VLAN tags" : FormattableString.Invariant($"{figures.TaggedFrames:N0} frames with a VLAN tag");
        return Finding.Ok(carriers.Length == 0 ? $"no tunnels, {tagged}" : $"frames in tunnels: {string.Join(", ", carriers)}; {tagged}");
    }

    private static Finding Tls(SpanFigures figures) => (figures.ClientHellos, figures.ServerHellos) switch
    {
        (0, 0) => Finding.Warning("no TLS session began: look for longer (--duration), or the traffic has none"),
        (0, _) => Finding.Problem("only servers are heard: mirror both directions"),
        (_, 0) => Finding.Problem("only clients are heard: mirror both directions"),
        (long clients, long servers) => Finding.Ok(FormattableString.Invariant($"{clients:N0} sessions began, {servers:N0} were answered")),
    };

    private static double Share(long part, long all) => all == 0 ? 0 : (double)part / all;

    internal static string Name(CarrierKind carrier) => carrier switch
    {
        CarrierKind.Gtpu => "GTP-U",
        CarrierKind.IpInIp => "IP in IP",
        CarrierKind.Pppoe => "PPPoE",
        CarrierKind.Teredo => "Teredo",
        CarrierKind.Gre or CarrierKind.Erspan or CarrierKind.Vxlan or CarrierKind.Geneve or CarrierKind.Mpls or CarrierKind.Capwap or CarrierKind.Ayiya => carrier.ToString().ToUpperInvariant(),
        _ => carrier.ToString(),
    };
}
