using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using PacketDotNet;
using SharpPcap;
using SharpPcap.LibPcap;

namespace TlsAppliance.LoadTest.Commands;

/// <summary>
/// <c>naive</c>: what a .NET program does at first: SharpPcap calls it with each frame, PacketDotNet parses it, it counts. The yardstick of <c>live</c>, in two forms: one only asks whether there is a TCP
/// segment, the other also reads what a program that follows connections needs of it. PacketDotNet parses what is asked for: addresses are objects, and a payload is a copy.
/// </summary>
internal static class NaiveCommand
{
    /// <summary>For the second form.</summary>
    public const string ReadingOption = "--reading";

    public static Command Create()
    {
        var device = new Option<string>("--interface", "-i") { Description = "interface to capture", Required = true };
        var reading = new Option<bool>(ReadingOption) { Description = "read addresses, ports, sequence number and payload of each TCP segment" };
        var command = new Command("naive", "Capture with a SharpPcap callback that parses with PacketDotNet and counts, until a signal.") { device, reading };
        command.SetAction(parsed => Run(parsed.GetValue(device)!, parsed.GetValue(reading)));
        return command;
    }

    private static int Run(string name, bool isReading)
    {
        const int bufferBytes = 256 << 20;
        var tally = new Tally();
        long faults = 0;
        using LibPcapLiveDevice device = LibPcapLiveDeviceList.New().First(device => device.Name == name);
        device.Open(new DeviceConfiguration { Mode = DeviceModes.Promiscuous, Snaplen = 65_535, BufferSize = bufferBytes, ReadTimeout = 20 });
        device.OnPacketArrival += (_, capture) =>
        {
            tally.Frames++;
            try
            {
                if (capture.GetPacket().GetPacket().Extract<TcpPacket>() is { } segment)
                {
                    tally.Segments++;
                    if (isReading)
                    {
                        tally.Read(segment);
                    }
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // An exception in this callback would end the process.
                faults++;
            }
        };
        using var stop = new ManualResetEventSlim();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Set();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        device.StartCapture();
        Console.WriteLine("ready");
        long allocatedBefore = GC.GetTotalAllocatedBytes();
        stop.Wait();
        device.StopCapture();
        double allocated = (GC.GetTotalAllocatedBytes() - allocatedBefore) / (double)Math.Max(1, tally.Frames);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"counted {tally.Frames} frames, {tally} and {faults} that PacketDotNet refused; allocated {allocated:F0} B per frame"));
        return 0;
    }

    /// <summary>What is counted, and a trace of what was read, so that the reading is not for nothing.</summary>
    private sealed class Tally
    {
        private long _payload;
        private int _trace;

        public long Frames { get; set; }

        public long Segments { get; set; }

        public void Read(TcpPacket segment)
        {
            var datagram = (IPPacket)segment.ParentPacket;
            _trace ^= datagram.SourceAddress.GetHashCode() ^ datagram.DestinationAddress.GetHashCode() ^ segment.SourcePort ^ segment.DestinationPort ^ (int)segment.SequenceNumber;
            _payload += segment.PayloadData?.Length ?? 0;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Segments} TCP segments, {_payload} bytes of payload ({_trace:x8})");
    }
}
