using System.Runtime.InteropServices;

namespace TlsAppliance.Commands;

/// <summary>
/// HUP, taken over from the first moment of a run to the end of the process: its default is to end the process, and whoever rotates logs does not know what a run is
/// doing just now. Before there is something to read again, and after the end, it changes nothing.
/// </summary>
internal sealed class HangupSignal
{
    /// <inheritdoc cref="StopSignals"/>
    private static readonly List<PosixSignalRegistration> s_registrations = [];

    private volatile Action _act = () => { };

    /// <summary>What the next one does, on a thread of the runtime's. An exception there would abort the process.</summary>
    public Action Act
    {
        set => _act = value;
    }

    public static HangupSignal Listen()
    {
        var signal = new HangupSignal();
        s_registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            signal._act();
        }));
        return signal;
    }
}
