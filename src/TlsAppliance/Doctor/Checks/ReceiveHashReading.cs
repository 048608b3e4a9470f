using TlsAppliance.Capture.Devices;

namespace TlsAppliance.Doctor.Checks;

/// <summary>What tells whether both directions of a connection come through the same queue.</summary>
/// <param name="Queues">Queues that receive; null when the driver does not say.</param>
/// <param name="Hash">Null when the driver has none to show.</param>
internal sealed record ReceiveHashReading(int? Queues, ReceiveHash? Hash);
