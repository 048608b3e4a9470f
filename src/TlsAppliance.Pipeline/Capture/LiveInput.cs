using TlsAppliance.Network.Frames;

namespace TlsAppliance.Pipeline.Capture;

/// <summary>One capture of an interface, read by a thread of its own. Several captures of one interface share its connections between them.</summary>
/// <param name="Interface">Name of the interface.</param>
/// <param name="Thread">Ordinal among the captures of this interface.</param>
/// <param name="Open">Opens it, again after each failure; whatever it throws is a reason to try later.</param>
public sealed record LiveInput(string Interface, int Thread, Func<ILiveSource> Open);
