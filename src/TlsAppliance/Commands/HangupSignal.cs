using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary>
/// HUP, and USR2, with which Suricata is told the same: taken over from the first moment of a run to the end of the process, for their default is to end the process, and whoever rotates
/// logs does not know what a run is doing just now. Before there is something to read again, and after the end, they change nothing. USR1 never does, as with Packetbeat.
/// </summary>
internal sealed class HangupSignal
{
    /// <inheritdoc cref="StopSignals"/>
    private static readonly List<PosixSignalRegistration> s_registrations = [];

    /// <summary>Linux has a number for each that .NET has no name for.</summary>
    private const PosixSignal User1 = (PosixSignal)10, User2 = (PosixSignal)12;

    private volatile Action _act = () => { };

    /// <summary>What the next one does, on a thread of the runtime's. An exception there would abort the process.</summary>
    public Action Act
    {
        set => _act = value;
    }

    public static HangupSignal Listen()
    {
        var signal = new HangupSignal();
        signal.Take(PosixSignal.SIGHUP, acts: true);
        if (OperatingSystem.IsLinux())
        {
            signal.Take(User2, acts: true);
            signal.Take(User1, acts: false);
        }

        return signal;
    }

    private void Take(PosixSignal signal, bool acts) => s_registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (acts)
        {
            _act();
        }
    }));
}
