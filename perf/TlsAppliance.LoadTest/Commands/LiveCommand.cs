using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TlsAppliance.LoadTest.Live;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>live</c>: what is lost on a wire at rising rates, ours beside others, and what a frame costs. Markdown on the standard output.</summary>
internal static class LiveCommand
{
    private const double Mebibyte = 1 << 20;

    /// <summary>The rate at which costs are compared, and which a sender that counts must reach.</summary>
    private const int CommonRate = 600_000;

    private static readonly int[] s_mixRates = [200_000, 400_000, CommonRate, 800_000, 1_000_000, 0];
    private static readonly int[] s_stormRates = [200_000, 400_000, CommonRate, 0];

    public static Command Create()
    {
        var mix = new Argument<string>("MIX") { Description = "capture of the profile enterprise-mix, about a million frames" };
        var storm = new Argument<string>("STORM") { Description = "capture of the profile handshake-storm, about a million frames" };
        var program = new Option<string>("--appliance")
        {
            Description = "tls-appliance.dll to measure", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "tls-appliance.dll"),
        };
        var shortRun = new Option<bool>("--short") { Description = "two rates only" };
        var command = new Command("live", "Measure capture losses on a veth pair beside tcpdump and dumpcap, and CPU time per frame beside a naive program. Needs root and two cores.")
        {
            mix, storm, program, shortRun,
        };
        command.SetAction(parsed =>
        {
            string output = Directory.CreateTempSubdirectory("live-events-").FullName;
            try
            {
                using var cable = new Cable();
                var pass = new Pass(cable, typeof(LiveCommand).Assembly.Location);
                new Measurement(pass, parsed.GetValue(program)!, output, parsed.GetValue(shortRun)).Report(parsed.GetValue(mix)!, parsed.GetValue(storm)!);
                return 0;
            }
            finally
            {
                Directory.Delete(output, recursive: true);
            }
        });
        return command;
    }

    private sealed class Measurement(Pass pass, string program, string output, bool isShort)
    {
        private Taker Ours(string name, int shards = 1, params IReadOnlyList<string> more) => Taker.Appliance(name, program, output, shards, more);

        public void Report(string mix, string storm)
        {
            Write($"# Live capture");
            Write($"");
            Write($"{DateTime.UtcNow:yyyy-MM-dd}, Linux {Environment.OSVersion.Version}, {Environment.ProcessorCount} CPUs, {RuntimeInformation.FrameworkDescription}. A veth pair in a network namespace, MTU 9200,");
            Write($"netdev_max_backlog 50,000; `LoadTest send` on CPU 0, whoever captures on CPU 1, all in one run; rings of 256 MB; each figure is one pass of the load.");
            Write($"");
            Sender(mix, storm);
            Write($"## Loss by rate");
            Write($"");
            Write($"Frames that did not come, of all sent; in brackets the rate that the sender reached (kpps). Ours writes every event to a file.");
            Write($"");
            Curve("mix", mix, isShort ? [CommonRate, 0] : s_mixRates,
                [Taker.Tcpdump, Taker.Dumpcap, Ours("ours"), Ours("ours, type pcap", 1, "--type", "pcap")]);
            Curve("storm", storm, isShort ? [CommonRate] : s_stormRates, [Taker.Tcpdump, Ours("ours")]);
            Threads(mix);
            Costs(mix, storm);
        }

        private void Sender(string mix, string storm)
        {
            Passage alone = pass.Send(mix, 0, null), stormAlone = pass.Send(storm, 0, null);
            string verdict = Math.Min(alone.SentPerSecond, stormAlone.SentPerSecond) >= CommonRate ? "the run counts" : "**below 600 kpps, the run does not count**";
            Write($"With nobody capturing, the sender reaches {alone.SentPerSecond / 1e3:F0} kpps of the mix ({alone.Sent:N0} frames) and {stormAlone.SentPerSecond / 1e3:F0} of the storm ({stormAlone.Sent:N0}): {verdict}.");
            Write($"");
        }

        private void Curve(string name, string load, int[] rates, Taker[] takers)
        {
            Write($"| {name} | {string.Join(" | ", takers.Select(taker => taker.Name))} | events |");
            Write($"|---|{string.Concat(takers.Select(_ => "---|"))}---|");
            long expected = Expected(load);
            foreach (int rate in rates)
            {
                var cells = new List<string>();
                string events = "";
                foreach (Taker taker in takers)
                {
                    Passage passage = pass.Send(load, rate, taker);
                    cells.Add(Cell(passage));
                    events = taker.Name == "ours" ? Events(passage, expected) : events;
                }

                Write($"| {(rate > 0 ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1000:N0} kpps") : "as fast as it goes")} | {string.Join(" | ", cells)} | {events} |");
            }

            Write($"");
        }

        private void Threads(string mix)
        {
            Taker one = Ours("1 thread", 1);
            Taker two = Ours("2 threads", 2, "-E", "packetbeat.interfaces.threads=2");
            Passage first = pass.Send(mix, 0, one, "0,1"), second = pass.Send(mix, 0, two, "0,1");
            Write($"On both CPUs, with the sender on one of them, as fast as it goes: 1 thread {Cell(first)}, 2 threads {Cell(second)}.");
            Write($"");
        }

        private void Costs(string mix, string storm)
        {
            Write($"## Cost at {CommonRate / 1000} kpps");
            Write($"");
            Write($"CPU time of the process from the first frame on, also in the kernel; the interrupts fall to the sender's CPU. Each program has seen the other load before.");
            Write($"");
            Write($"| | loss | CPU ns per frame | of the naive program's | peak RSS MiB | drops told |");
            Write($"|---|---|---|---|---|---|");
            Costs("mix", mix, storm);
            Costs("storm", storm, mix);
        }

        private void Costs(string name, string load, string warmUp)
        {
            Passage Measure(Taker taker) => pass.Send(load, CommonRate, taker, warmUp: warmUp);
            Passage naive = Measure(Taker.Naive(typeof(LiveCommand).Assembly.Location));
            Cost($"{name}: SharpPcap callback, PacketDotNet, count", naive, naive);
            Cost($"{name}: tcpdump -w /dev/null", Measure(Taker.Tcpdump), naive);
            Cost($"{name}: ours, type pcap, all events to a file", Measure(Ours("ours", 1, "--type", "pcap")), naive);
            Cost($"{name}: ours, all events to a file", Measure(Ours("ours")), naive);
        }

        private static void Cost(string name, Passage passage, Passage naive)
        {
            string told = passage.Text.Contains("\"captures\"", StringComparison.Ordinal) ? Told(passage) : "";
            Write($"| {name} | {passage.Loss:P2} | {passage.NanosecondsPerFrame:F0} | {passage.NanosecondsPerFrame / naive.NanosecondsPerFrame:F2} | {passage.PeakBytes / Mebibyte:F0} | {told} |");
        }

        private static string Told(Passage passage)
        {
            JsonElement summary = Taker.Summary(passage.Text);
            long dropped = summary.GetProperty("captures").EnumerateArray().Sum(capture => capture.GetProperty("dropped").GetInt64() + capture.GetProperty("interface_dropped").GetInt64());
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
            using var replay = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, "replay", load, "-o", "none", "--json", "--quiet"]) { RedirectStandardOutput = true })!;
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
