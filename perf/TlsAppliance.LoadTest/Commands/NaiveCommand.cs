using System.CommandLine;
using System.Runtime.InteropServices;
using PacketDotNet;
using SharpPcap;
using SharpPcap.LibPcap;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>naive</c>: what a .NET program does at first: SharpPcap calls it with each frame, PacketDotNet parses it, it counts. The yardstick of <c>live</c>.</summary>
internal static class NaiveCommand
{
    public static Command Create()
    {
        var device = new Option<string>("--interface", "-i") { Description = "interface to capture", Required = true };
        var command = new Command("naive", "Capture with a SharpPcap callback that parses with PacketDotNet and counts, until a signal.") { device };
        command.SetAction(parsed => Run(parsed.GetValue(device)!));
        return command;
    }

    private static int Run(string name)
    {
        const int bufferBytes = 256 << 20;
        long frames = 0, segments = 0, faults = 0;
        using LibPcapLiveDevice device = LibPcapLiveDeviceList.New().First(device => device.Name == name);
        device.Open(new DeviceConfiguration { Mode = DeviceModes.Promiscuous, Snaplen = 65_535, BufferSize = bufferBytes, ReadTimeout = 20 });
        device.OnPacketArrival += (_, capture) =>
        {
            frames++;
            try
            {
                segments += capture.GetPacket().GetPacket().Extract<TcpPacket>() is null ? 0 : 1;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // An exception in this callback would end the process.
                faults++;
            }
        };
        using var stop = new ManualResetEventSlim();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            stop.Set();
        });
        device.StartCapture();
        Console.WriteLine("ready");
        stop.Wait();
        device.StopCapture();
        Console.WriteLine($"counted {frames} frames, {segments} TCP segments, {faults} that PacketDotNet refused");
        return 0;
    }
}
