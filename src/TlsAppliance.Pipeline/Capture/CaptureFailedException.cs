namespace TlsAppliance.Pipeline.Capture;

/// <summary>The interface went away, or the capture of it failed; the supervisor opens it again.</summary>
internal sealed class CaptureFailedException(string message) : Exception(message);
