namespace TlsAppliance.Capture.Live;

/// <summary>An interface that cannot be captured, in one line that says what to do about it.</summary>
public sealed class LiveCaptureException(LiveCaptureFailure failure, string message) : IOException(message)
{
    public LiveCaptureFailure Failure { get; } = failure;
}
