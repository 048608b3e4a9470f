namespace TlsAppliance.Capture.Devices;

/// <summary>What an interface has counted since it exists (<c>struct rtnl_link_stats64</c>).</summary>
/// <param name="Packets">Frames received.</param>
/// <param name="Errors">Frames that were bad, for any reason.</param>
/// <param name="Dropped">Frames thrown away by the kernel, for want of room or of a receiver.</param>
/// <param name="TooLong">Frames longer than the interface takes.</param>
/// <param name="Damaged">Frames with a wrong checksum.</param>
/// <param name="Missed">Frames for which the card's ring had no room.</param>
public readonly record struct ReceiveCounters(ulong Packets, ulong Errors, ulong Dropped, ulong TooLong, ulong Damaged, ulong Missed);
