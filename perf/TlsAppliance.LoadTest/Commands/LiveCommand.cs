using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TlsAppliance.LoadTest.Live;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>live</c>: what is lost on a wire at rising rates, ours beside others, and what a frame costs. Markdown on the standard output.</summary>
internal static class LiveCommand
{
    private const double Mebibyte = 1 << 20;

    /// <summary>The rate at which costs are compared, and which a sender that counts must reach.</summary>
    private const int CommonRate = 600_000;

    private const string MixPart = "mix", StormPart = "storm", CostPart = "cost", ThreadsPart = "threads";

    /// <summary>Passes of each program where costs are compared.</summary>
    private const int CostRounds = 3;

    /// <summary>
    /// Loads of either kind before what is measured, each of another seed: sessions that were seen a minute before are copies, and cost less. After three (some 4.5 million frames) the threads that compile ours have come to rest;
    /// after one they still took a quarter of its CPU time. The naive programs have little to compile.
    /// </summary>
    private const int WarmUps = 3, WarmUpsOfNaive = 1;

    /// <summary>The loads that are measured are of seed 1.</summary>
    private const int FirstSeed = 2;

    /// <summary>Of a core, that a capture thread and a shard may use: one pair alone then falls behind before the sender does.</summary>
    private const double ShareOfCore = 0.12;

    /// <summary>Rings of all threads together, where threads are compared: room for what comes while a share is used up, not for the load.</summary>
    private const int BufferMegabytesOfThreads = 128;

    /// <summary>The last is more than a sender reaches here: as fast as it goes.</summary>
    private static readonly int[] s_rates = [200_000, 400_000, CommonRate, 1_000_000];

    private static readonly int[] s_ratesOfThreads = [200_000, 300_000, 400_000, 500_000, CommonRate];

    public static Command Create()
    {
        var mix = new Argument<string>("MIX") { Description = "capture of the profile enterprise-mix, about a million frames" };
        var storm = new Argument<string>("STORM") { Description = "capture of the profile handshake-storm, about a million frames" };
        var program = new Option<string>("--appliance")
        {
            Description = "tls-appliance or tls-appliance.dll to measure", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll"),
        };
        var part = new Option<string?>("--part") { Description = "only this part of the report" };
        part.AcceptOnlyFromAmong(MixPart, StormPart, CostPart, ThreadsPart);
        var command = new Command("live", "Measure capture losses on a veth pair beside tcpdump and dumpcap, and CPU time per frame beside a naive program. Needs root and two cores.")
        {
            mix, storm, program, part,
        };
        command.SetAction(parsed =>
        {
            string output = Directory.CreateTempSubdirectory("live-events-").FullName;
            try
            {
                using var cable = new Cable();
                var pass = new Pass(cable, typeof(LiveCommand).Assembly.Location);
                new Measurement(pass, parsed.GetValue(program)!, output, parsed.GetValue(part)).Report(parsed.GetValue(mix)!, parsed.GetValue(storm)!);
                return 0;
            }
            finally
            {
                Directory.Delete(output, recursive: true);
            }
        });
        return command;
    }

    private sealed class Measurement(Pass pass, string program, string output, string? part)
    {
        private Taker Ours(string name, params IReadOnlyList<string> more) => Taker.Appliance(name, program, output, shards: 1, more: more);

        public void Report(string mix, string storm)
        {
            if (part is null or MixPart)
            {
                Introduce();
                Sender(mix, storm);
                Write($"## Loss by rate");
                Write($"");
                Write($"Frames that did not come, of all sent; in brackets the rate that the sender reached (kpps). What ours read and then shed or dropped, because a shard lagged, counts as lost.");
                Write($"Ours writes every event to a file.");
                Write($"");
                Curve("mix", mix, [Taker.Tcpdump, Taker.Dumpcap, Ours("ours"), Ours("ours, type pcap", "--type", "pcap")]);
            }

            if (part is null or StormPart)
            {
                Curve("storm", storm, [Taker.Tcpdump, Taker.Dumpcap, Ours("ours")]);
            }

            if (part is null or ThreadsPart)
            {
                Threads(mix);
            }

            if (part is null or CostPart)
            {
                Costs(mix, storm);
            }
        }

        private static void Introduce()
        {
            Write($"# Live capture");
            Write($"");
            Write($"{DateTime.UtcNow:yyyy-MM-dd}, commit {BuiltCommit.Short}, Linux {Environment.OSVersion.Version}, {Environment.ProcessorCount} CPUs, {RuntimeInformation.FrameworkDescription}. A veth pair in a network namespace, MTU 9200,");
            Write($"netdev_max_backlog 50,000; `LoadTest send` on CPU 0, whoever captures on CPU 1, all in one run; rings of 256 MB; each loss is that of one pass of the load.");
            Write($"");
        }

        private void Sender(string mix, string storm)
        {
            Passage alone = pass.Send(mix, 0, null), stormAlone = pass.Send(storm, 0, null);
            string verdict = Math.Min(alone.SentPerSecond, stormAlone.SentPerSecond) >= CommonRate ? "the run counts" : "**below 600 kpps, the run does not count**";
            Write($"With nobody capturing, the sender reaches {alone.SentPerSecond / 1e3:F0} kpps of the mix ({alone.Sent:N0} frames) and {stormAlone.SentPerSecond / 1e3:F0} of the storm ({stormAlone.Sent:N0}): {verdict}.");
            Write($"");
        }

        private void Curve(string name, string load, Taker[] takers)
        {
            Write($"| {name} | {string.Join(" | ", takers.Select(taker => taker.Name))} | events |");
            Write($"|---|{string.Concat(takers.Select(_ => "---|"))}---|");
            long expected = Expected(load);
            foreach (int rate in s_rates)
            {
                var cells = new List<string>();
                string events = "";
                foreach (Taker taker in takers)
                {
                    Passage passage = pass.Send(load, rate, taker);
                    cells.Add(Cell(passage));
                    events = taker.Name == "ours" ? Events(passage, expected) : events;
                }

                Write($"| {string.Create(CultureInfo.InvariantCulture, $"{rate / 1000:N0} kpps")} | {string.Join(" | ", cells)} | {events} |");
            }

            Write($"");
        }

        private void Threads(string mix)
        {
            Write($"## Threads");
            Write($"");
            if (!CpuQuota.IsPossible)
            {
                Write($"Not measured: this needs control groups of the first version, which hold threads.");
                Write($"");
                return;
            }

            Write($"Each capture thread and its shard together may use {ShareOfCore:P0} of a core (a control group with a CPU quota, from the end of the warm-up on); rings of {BufferMegabytesOfThreads} MB in all. The mix again.");
            Write($"");
            Write($"| | {string.Join(" | ", s_ratesOfThreads.Select(rate => string.Create(CultureInfo.InvariantCulture, $"{rate / 1000:N0} kpps")))} |");
            Write($"|---|{string.Concat(s_ratesOfThreads.Select(_ => "---|"))}");
            string warmUp = Generate("enterprise-mix");
            for (int threads = 1; threads <= 2; threads++)
            {
                var taker = Taker.Appliance(
                    "", program, output, threads, $"{BufferMegabytesOfThreads / threads}", "-E", $"packetbeat.interfaces.threads={threads}");
                Write($"| {threads} | {string.Join(" | ", s_ratesOfThreads.Select(rate => Cell(SendWithQuota(mix, rate, taker, warmUp))))} |");
            }

            Write($"");
        }

        private Passage SendWithQuota(string load, int rate, Taker taker, string warmUp)
        {
            using var quota = new CpuQuota();
            return pass.Send(load, rate, taker, whenWarm: process => quota.Limit(process, ShareOfCore), warmUp: warmUp);
        }

        private void Costs(string mix, string storm)
        {
            Write($"## Cost at {CommonRate / 1000} kpps");
            Write($"");
            Write($"CPU time of all threads of the process from the first frame of the load on, in user mode and in the kernel; start and compilation are in none of the figures: ours has seen {WarmUps} times 400 MB of either kind before, the naive programs {WarmUpsOfNaive}. The interrupts fall to the sender's CPU. Most of the free memory was touched before each pass. Medians of {CostRounds} interleaved passes; loss and memory are the worst of them.");
            Write($"Two naive programs: one parses and counts the TCP segments, one also reads addresses, ports, sequence number and payload of each, as the program of the study did that set the goal (2,660 bytes allocated per frame of the mix).");
            Write($"");
            Write($"| | loss | CPU ns per frame | of counting | of reading | peak RSS MiB | drops told |");
            Write($"|---|---|---|---|---|---|---|");

            string[] warmUp = [.. Enumerable.Range(FirstSeed, WarmUps).SelectMany<int, string>(seed => [Generate("enterprise-mix", seed), Generate("handshake-storm", seed)])];
            (long counting, long reading) = Costs("mix", mix, warmUp);
            Costs("storm", storm, warmUp);
            Write($"");
            Write($"The program that counts allocates {counting:N0} bytes per frame of warm-up and mix, the one that reads {reading:N0}.");
        }

        /// <summary>What the naive programs allocate per frame.</summary>
        private (long Counting, long Reading) Costs(string name, string load, string[] warmUp)
        {
            string loadTest = typeof(LiveCommand).Assembly.Location;
            string[] warmUpOfNaive = warmUp[..(warmUp.Length / WarmUps * WarmUpsOfNaive)];
            (string Who, Taker Taker, string[] WarmUp)[] programs =
            [
                ("SharpPcap callback, PacketDotNet, count", Taker.Naive("", loadTest), warmUpOfNaive),
                ("the same, reading", Taker.Naive("", loadTest, NaiveCommand.ReadingOption), warmUpOfNaive),
                ("tcpdump -w /dev/null", Taker.Tcpdump, []),
                ("ours, type pcap, all events to a file", Ours("ours", "--type", "pcap"), warmUp),
                ("ours, all events to a file", Ours("ours"), warmUp),
            ];
            List<Passage>[] passages = [.. programs.Select(_ => new List<Passage>())];
            for (int round = 0; round < CostRounds; round++)
            {
                for (int i = 0; i < programs.Length; i++)
                {
                    FreshMemory.TouchMost();
                    passages[i].Add(pass.Send(load, CommonRate, programs[i].Taker, warmUp: programs[i].WarmUp));
                }
            }

            double counting = Median(passages[0]), reading = Median(passages[1]);
            for (int i = 0; i < programs.Length; i++)
            {
                double cost = Median(passages[i]);
                Write($"| {name}: {programs[i].Who} | {passages[i].Max(passage => passage.Loss):P2} | {cost:F0} | {cost / counting:F2} | {cost / reading:F2} | {passages[i].Max(passage => passage.PeakBytes) / Mebibyte:F0} | {Told(passages[i])} |");
            }

            return (Taker.AllocatedPerFrame(passages[0][0].Text), Taker.AllocatedPerFrame(passages[1][0].Text));
        }

        private static double Median(List<Passage> passages) => passages.Select(passage => passage.NanosecondsPerFrame).Order().ElementAt(passages.Count / 2);

        private string Generate(string profile, int seed = FirstSeed)
        {
            string capture = Path.Combine(output, string.Create(CultureInfo.InvariantCulture, $"{profile}.{seed}.pcap"));
            using Process generate = Process.Start(new ProcessStartInfo(
                "dotnet", ["exec", typeof(LiveCommand).Assembly.Location, "generate", "--profile", profile, "--size", "400M", "--seed", $"{seed}", "--out", capture]) { RedirectStandardOutput = true })!;
            _ = generate.StandardOutput.ReadToEnd();
            generate.WaitForExit();
            return generate.ExitCode == 0 ? capture : throw new InvalidOperationException($"generate ended with {generate.ExitCode}");
        }

        /// <summary>Of programs that tell their losses: whether they told them rightly.</summary>
        private static string Told(List<Passage> passages) => passages[0].Text.Contains("\"captures\"", StringComparison.Ordinal) ? string.Join(", ", passages.Select(Told).Distinct()) : "";

        private static string Told(Passage passage)
        {
            JsonElement summary = Taker.Summary(passage.Text);
            long dropped = summary.GetProperty("captures").EnumerateArray().Sum(capture => capture.GetProperty("dropped").GetInt64() + capture.GetProperty("interface_dropped").GetInt64())
                + summary.GetProperty("segments_shed_midstream").GetInt64() + summary.GetProperty("segments_dropped_by_lane").GetInt64();
            return dropped == passage.Sent - passage.Got ? "exact" : string.Create(CultureInfo.InvariantCulture, $"**{dropped} of {passage.Sent - passage.Got}**");
        }

        private static string Events(Passage passage, long expected)
        {
            long events = Taker.Summary(passage.Text).GetProperty("events").GetInt64();
            return string.Create(CultureInfo.InvariantCulture, $"{events:N0} of {expected:N0}");
        }

        /// <summary>Events of a replay of the same capture.</summary>
        private long Expected(string load)
        {
            using var replay = Process.Start(ApplianceCommand.ToRead(program, "replay", load, "-o", "none", "--json", "--quiet"))!;
            string text = replay.StandardOutput.ReadToEnd();
            replay.WaitForExit();
            return Taker.Summary(text).GetProperty("events").GetInt64();
        }

        private static string Cell(Passage passage) => passage.Loss == 0
            ? string.Create(CultureInfo.InvariantCulture, $"none ({passage.SentPerSecond / 1e3:F0})")
            : string.Create(CultureInfo.InvariantCulture, $"{passage.Loss:P2} ({passage.SentPerSecond / 1e3:F0})");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
