using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TlsAppliance.Capture;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Capture.Pacing;
using TlsAppliance.LoadTest.Send;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>send</c>: puts a capture on a wire, to load another box. The product itself never transmits.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "capture file (Ethernet)" };
        var device = new Option<string>("--interface", "-i") { Description = "interface to send on", Required = true };
        var pps = new Option<double>("--pps") { Description = "frames per second" };
        var mbps = new Option<double>("--mbps") { Description = "megabits per second" };
        var multiplier = new Option<double>("--multiplier", "-x") { Description = "the capture's own times, so many times faster" };
        var loop = new Option<int>("--loop", "-l") { Description = "how often; 0: without end", DefaultValueFactory = _ => 1 };
        var limit = new Option<long>("--limit") { Description = "stop after so many frames" };
        var duration = new Option<double>("--duration") { Description = "stop after so many seconds" };
        var preload = new Option<bool>("--preload") { Description = "read the whole file into memory first" };
        var command = new Command("send", "Put a capture on a wire with sendmmsg and PACKET_QDISC_BYPASS (needs CAP_NET_RAW).")
        {
            file, device, pps, mbps, multiplier, loop, limit, duration, preload,
        };
        command.SetAction(parsed =>
        {
            (PacingMode mode, double rate) = parsed.GetValue(pps) > 0 ? (PacingMode.FramesPerSecond, parsed.GetValue(pps))
                : parsed.GetValue(mbps) > 0 ? (PacingMode.MegabitsPerSecond, parsed.GetValue(mbps))
                : parsed.GetValue(multiplier) > 0 ? (PacingMode.Multiplier, parsed.GetValue(multiplier))
                : (PacingMode.TopSpeed, 1);
            CaptureInputs inputs = CaptureInputs.Resolve([parsed.GetValue(file)!]);
            ICaptureSource source = parsed.GetValue(preload)
                ? new PreloadedCaptureSource(new MergedCaptureSource(inputs), parsed.GetValue(loop))
                : new LoopedCaptureSource(inputs, parsed.GetValue(loop));
            using var paced = new PacedCaptureSource(
                source, new ReplayPacer(mode, rate), TimeProvider.System, parsed.GetValue(limit), TimeSpan.FromSeconds(parsed.GetValue(duration)));
            return Send(paced, parsed.GetValue(device)!);
        });
        return command;
    }

    private static int Send(ICaptureSource source, string device)
    {
        using var socket = new PacketSocket(device);
        long bytes = 0;
        long start = 0;
        while (source.TryRead(out FrameRun run))
        {
            start = start == 0 ? Stopwatch.GetTimestamp() : start;
            bytes += Send(socket, run);
            run.Block.Release();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{socket.Sent} frames, {bytes} bytes, {seconds:F3} s, {socket.Sent / seconds / 1e3:F1} kpps, {bytes * 8 / seconds / 1e9:F3} Gbit/s"));
        return 0;
    }

    private static unsafe long Send(PacketSocket socket, FrameRun run)
    {
        long bytes = 0;
        fixed (byte* buffer = run.Block.Buffer)
        {
            foreach (ref readonly FrameRecord record in run.Block.Records.Slice(run.Start, run.Count))
            {
                socket.Add(buffer + record.Offset, record.Length);
                bytes += record.Length;
            }

            socket.Flush();
        }

        return bytes;
    }
}
