namespace TlsAppliance.Network.Frames;

/// <summary>Keeps what is left of a flow whose processing failed, so that the fault can be looked into. Called once per fault, by any thread.</summary>
public interface IFrameRecorder
{
    /// <summary>Never throws; what does not fit the bounds is counted by the recorder.</summary>
    /// <param name="held">
    /// Frames made of what was held of the connection, in order: its bytes that waited behind holes or for the rest of a message, in packets with headers that put them into their
    /// place. Empty when nothing was.
    /// </param>
    /// <param name="frame">The frame at which it failed; without bytes where that was a tick or the end.</param>
    void Record(IReadOnlyList<HeldFrame> held, in CapturedFrame frame);
}
