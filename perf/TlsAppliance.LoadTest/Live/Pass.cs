using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TlsAppliance.LoadTest.Measure;

namespace TlsAppliance.LoadTest.Live;

/// <summary>Sends a load once, with a taker at the other end or nobody: the sender on the first CPU, the taker on the second.</summary>
internal sealed partial class Pass(Cable cable, string loadTest)
{
    private const string SenderCpu = "0";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>What taker and sender want beside a copy of the load: events, above all.</summary>
    private const long MemoryBesideLoad = 1L << 30;

    /// <summary>The last frames are read in this time, on a machine that has nothing else to do.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(1.5);

    /// <param name="load">Capture to send.</param>
    /// <param name="framesPerSecond">0: as fast as it goes.</param>
    /// <param name="taker">Null: nobody captures.</param>
    /// <param name="takerCpus">As taskset takes them.</param>
    /// <param name="whenWarm">Called with the taker's process before the load is sent.</param>
    /// <param name="warmUp">Loads that are sent before: a program that is compiled while it runs is measured when that is over. Their frames do not count.</param>
    public Passage Send(string load, int framesPerSecond, Taker? taker, string takerCpus = "1", Action<int>? whenWarm = null, params IReadOnlyList<string> warmUp)
    {
        if (taker is null)
        {
            (long alone, double rate) = Send(load, framesPerSecond);
            return new Passage(alone, rate, 0, 0, 0, "");
        }

        var text = new StringBuilder();
        using Process process = Start([.. cable.Enter, "taskset", "-c", takerCpus, .. taker.Command]);
        using var ready = new ManualResetEventSlim();
        void Take(object sender, DataReceivedEventArgs line)
        {
            lock (text)
            {
                text.Append(line.Data).Append('\n');
                if (line.Data?.Contains(taker.ReadyText, StringComparison.Ordinal) == true)
                {
                    ready.Set();
                }
            }
        }

        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!ready.Wait(s_patience))
        {
            lock (text)
            {
                throw new InvalidOperationException($"{taker.Name} did not start: {text}");
            }
        }

        long warmed = 0;
        foreach (string other in warmUp)
        {
            warmed += Send(other, framesPerSecond).Frames;
            Thread.Sleep(s_settling);
        }

        whenWarm?.Invoke(process.Id);
        FreshMemory.Touch(new FileInfo(load).Length + MemoryBesideLoad);
        double before = ProcessClock.Seconds(process.Id);
        (long sent, double perSecond) = Send(load, framesPerSecond);
        Thread.Sleep(s_settling);
        double cpu = ProcessClock.Seconds(process.Id) - before;
        long peak = PeakBytes(process.Id);

        // Not INT: what is started in the background of a script ignores it.
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        if (!process.WaitForExit(s_patience))
        {
            process.Kill();
            throw new InvalidOperationException($"{taker.Name} did not end");
        }

        process.WaitForExit();
        string all = text.ToString();
        return new Passage(sent, perSecond, taker.Count(all) - warmed, cpu, peak, all);
    }

    private (long Frames, double PerSecond) Send(string load, int framesPerSecond)
    {
        string[] pace = framesPerSecond > 0 ? ["--pps", $"{framesPerSecond}"] : [];
        using Process sender = Start(
            [.. cable.Enter, "taskset", "-c", SenderCpu, "dotnet", "exec", loadTest, "send", load, "--interface", Cable.SendingEnd, "--preload", .. pace]);
        string output = sender.StandardOutput.ReadToEnd();
        string errors = sender.StandardError.ReadToEnd();
        sender.WaitForExit();
        Match match = SenderReport().Match(output + errors);
        return sender.ExitCode == 0 && match.Success
            ? (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) * 1e3)
            : throw new InvalidOperationException($"the sender ended with {sender.ExitCode}: {output}{errors}");
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start)!;
    }

    private static long PeakBytes(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    [GeneratedRegex(@"(\d+) frames, \d+ bytes, [\d.]+ s, ([\d.]+) kpps")]
    private static partial Regex SenderReport();
}
