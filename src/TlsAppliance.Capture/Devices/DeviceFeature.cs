namespace TlsAppliance.Capture.Devices;

/// <summary>A switch of the driver.</summary>
/// <param name="IsOn">In effect.</param>
/// <param name="IsFixed">Nobody can change it.</param>
public readonly record struct DeviceFeature(bool IsOn, bool IsFixed);
