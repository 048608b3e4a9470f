using System.CommandLine;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Commands;
using TlsAppliance.LoadTest.Send;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.LoadTest.Commands;

/// <summary><c>send</c>: puts captures on a wire at the speeds that a replay knows, to load another box. The product itself never transmits.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "captures (Ethernet), as one time line", Arity = ArgumentArity.OneOrMore };
        var device = new Option<string>("--interface", "-i") { Description = "interface to send on", Required = true };
        var load = new LoadOptions();
        var command = new Command("send", "Put captures on a wire with sendmmsg and PACKET_QDISC_BYPASS (needs CAP_NET_RAW).") { files, device };
        load.AddTo(command);
        command.SetAction(parsed => Execute(parsed.GetValue(files)!, parsed.GetValue(device)!, load.Read(parsed)));
        return command;
    }

    private static int Execute(string[] files, string device, LoadArguments load)
    {
        CaptureInputs inputs = CaptureInputs.Resolve(files);
        if (inputs.Files.Count == 0)
        {
            return Diagnostics.NoCaptures(files, inputs);
        }

        if (ReplaySource.Objection(inputs, load) is { } objection)
        {
            return Diagnostics.Refuse(objection);
        }

        try
        {
            return Send(inputs, device, load);
        }
        catch (IOException failure)
        {
            Diagnostics.Error(failure.Message);
            return ExitCode.Failed;
        }
    }

    private static int Send(CaptureInputs inputs, string device, LoadArguments load)
    {
        using var signals = new StopSignals();
        using var socket = new PacketSocket(device);
        using ICaptureSource source = ReplaySource.Open(inputs, load, signals.Token);
        var sender = new CaptureSender(socket);
        sender.Send(source, load.UniqueFlows ? 1 : 0, keepsBytes: load.Preload, signals.Token);
        foreach (CaptureFault fault in source.Faults)
        {
            Diagnostics.Write(fault);
        }

        Console.WriteLine(sender);
        return source.Faults.Count > 0 ? ExitCode.BadInput : ExitCode.Done;
    }
}
