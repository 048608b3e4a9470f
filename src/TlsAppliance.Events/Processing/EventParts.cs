using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Processing;

/// <summary>Parts that an event which would be too long is written without.</summary>
internal static class EventParts
{
    internal static IEnumerable<string> Chains(EventLayout layout) => Paths(
        layout,
        [EventFields.ClientCertificates.RawChain, EventFields.ServerCertificates.RawChain, EventFields.ClientCertificates.First.Raw, EventFields.ServerCertificates.First.Raw],
        [EventObjects.ClientChain, EventObjects.ServerChain]);

    internal static IEnumerable<string> Details(EventLayout layout) => Paths(
        layout,
        [EventFields.SupportedCiphers, EventFields.AppliancePeerClient.Extensions, EventFields.AppliancePeerServer.Extensions, EventFields.KeyShares],
        [EventObjects.ClientHello, EventObjects.ServerHello, EventObjects.ClientCertificate, EventObjects.ServerCertificate]);

    private static IEnumerable<string> Paths(EventLayout layout, EventField[] fields, EventObject[] objects) =>
        fields.Select(field => field.Path(layout)).Concat(objects.Select(target => target.Path(layout))).OfType<string>();
}
