using TlsAppliance.Capture.Live.Native;
using CapturingSocket = TlsAppliance.Capture.Live.Native.PacketSocket;

namespace TlsAppliance.Live.Tests.Wire;

/// <summary>
/// Counts what comes out of the far end of the cable. A frame that was sent waits in a queue of a processor until that finds the time; a capture that is stopped before would not see it.
/// On a thread that is in the namespace.
/// </summary>
internal sealed class Arrivals : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly CapturingSocket _socket = CapturingSocket.Open(NetworkNamespace.Far);
    private long _count;

    public Arrivals() => _socket.Bind((int)Libc.InterfaceIndex(NetworkNamespace.Far));

    /// <summary>Waits until so many have come since this was made.</summary>
    public void Await(long frames) =>
        Assert.True(SpinWait.SpinUntil(() => (_count += _socket.TakeStatistics().Packets) >= frames, s_patience), $"{_count} of {frames} frames came");

    /// <summary>The kernel closes such a socket when no processor hands a frame around any more: whoever else captures has it by then.</summary>
    public void Dispose() => _socket.Dispose();
}
