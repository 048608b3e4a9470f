namespace TlsAppliance.Telemetry;

/// <summary>The port of the endpoint cannot be had. The message is one line for the operator.</summary>
internal sealed class ListenException(string address, Exception cause)
    : IOException($"cannot listen on {address} (http.host, http.port): {cause.GetBaseException().Message.ReplaceLineEndings(" ")}", cause);
