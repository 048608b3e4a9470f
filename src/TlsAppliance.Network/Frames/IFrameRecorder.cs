namespace TlsAppliance.Network.Frames;

/// <summary>Keeps the frames of a flow whose processing failed, so that the fault can be replayed.</summary>
public interface IFrameRecorder
{
    /// <summary>Records one frame of the quarantined flow. Never throws; what does not fit the bounds is counted by the recorder.</summary>
    void Record(ulong flow, in CapturedFrame frame);
}
