using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Tls.Sessions;

/// <summary>
/// The lists that sessions borrow for what most of them do not have, or have only at their end. A list of its own for each tracker would come to a third of all objects that a
/// collection has to look at. Not thread-safe: it belongs to one shard and is shared by its trackers.
/// </summary>
public sealed class SessionLists
{
    internal ListPool<CertificateFacts> Certificates { get; } = new();

    internal ListPool<Alert> Alerts { get; } = new();
}
