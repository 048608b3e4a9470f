namespace TlsAppliance.Capture.Devices;

/// <summary>Descriptors of a card's receive ring: how many there are, and how many there could be.</summary>
public readonly record struct RingSize(int Current, int Maximum);
