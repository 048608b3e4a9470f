using System.CommandLine;
using System.Globalization;
using TlsAppliance.LoadTest.Generate;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>generate</c>: a capture file of one profile, and its truth.</summary>
internal static class GenerateCommand
{
    private const double Kilo = 1e3;

    public static Command Create()
    {
        var profile = new Option<string>("--profile") { Description = "handshake-storm, enterprise-mix, bulk or many-flows", DefaultValueFactory = _ => "enterprise-mix" };
        profile.AcceptOnlyFromAmong("handshake-storm", "enterprise-mix", "bulk", "many-flows");
        var size = new Option<string>("--size") { Description = "target size of the file; K, M, G are powers of ten", DefaultValueFactory = _ => "1G" };
        var output = new Option<string>("--out") { Description = "capture file to write", Required = true };
        var truth = new Option<string?>("--truth") { Description = "write one JSON line for every TLS session" };
        var seed = new Option<ulong>("--seed") { Description = "the same arguments give the same bytes", DefaultValueFactory = _ => 1 };
        var flows = new Option<long>("--flows") { Description = "stop after so many flows instead of at --size" };
        var servers = new Option<int>("--servers") { Description = "certificate chains (200 favour a cache, 3000 do not)", DefaultValueFactory = _ => 200 };
        var disturb = new Option<double>("--disturb") { Description = "probability per frame of a reordering or retransmission", DefaultValueFactory = _ => 0.0015 };
        var command = new Command("generate", "Write a capture file of one load profile.") { profile, size, output, truth, seed, flows, servers, disturb };
        command.SetAction(parsed =>
        {
            LoadProfile chosen = Enum.Parse<LoadProfile>(parsed.GetValue(profile)!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
            bool many = chosen == LoadProfile.ManyFlows;
            LoadStatistics statistics = new LoadGenerator(new LoadOptions
            {
                Profile = chosen,
                Output = parsed.GetValue(output)!,
                Truth = parsed.GetValue(truth),
                Size = Size(parsed.GetValue(size)!),
                Flows = many && parsed.GetValue(flows) == 0 ? 1_000_000 : parsed.GetValue(flows),
                Seed = parsed.GetValue(seed),
                Servers = parsed.GetValue(servers),
                Disturbance = many ? 0 : parsed.GetValue(disturb),
            }).Run();
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{statistics.Frames} frames, {statistics.FileBytes} bytes, {statistics.TcpFlows} TCP flows, {statistics.TlsSessions} TLS sessions, {statistics.UdpFrames} UDP frames"));
            return 0;
        });
        return command;
    }

    private static long Size(string text)
    {
        double unit = char.ToUpperInvariant(text[^1]) switch { 'K' => Kilo, 'M' => Kilo * Kilo, 'G' => Kilo * Kilo * Kilo, _ => 0 };
        return unit == 0 ? long.Parse(text, CultureInfo.InvariantCulture) : (long)(double.Parse(text[..^1], CultureInfo.InvariantCulture) * unit);
    }
}
