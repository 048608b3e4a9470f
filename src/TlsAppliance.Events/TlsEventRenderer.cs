using System.Numerics;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Rendering;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events;

/// <summary>Writes one session as one JSON document in the configured layout. Owned by one shard; keeps its caches.</summary>
public sealed class TlsEventRenderer
{
    private const int FirstReservation = 16 * 1024;

    private readonly string _sensor;
    private readonly ConfiguredFields _configured;
    private readonly InternalNetworks _internal;
    private readonly EventIdentity _identity;
    private readonly HelloShapes _shapes;
    private readonly TlsObject _tls;
    private readonly ApplianceObject _appliance;
    private readonly FieldSet _truncated = new();

    /// <summary>All fields, then the ones that are left when the event would be too long: without chains, without hellos.</summary>
    private readonly FieldSelection[] _selections;
    private int _reservation = FirstReservation;

    /// <exception cref="FormatException">An entry of <see cref="EventOptions.InternalNetworks"/> is no network.</exception>
    /// <exception cref="ArgumentException">A value of <see cref="EventOptions.Fields"/> has a type that events cannot hold.</exception>
    public TlsEventRenderer(EventOptions options)
    {
        _sensor = options.Sensor;
        _configured = new ConfiguredFields(options);
        _internal = new InternalNetworks(options.InternalNetworks);
        _identity = new EventIdentity(options.Sensor);
        FieldSelection all = _configured.Selection;
        FieldSelection withoutChains = all.Without(Chains(options.Layout));
        _selections = [all, withoutChains, withoutChains.Without(Details(options.Layout))];
        Fingerprints fingerprints = new();
        _shapes = new HelloShapes(all);
        _tls = new TlsObject(all, fingerprints, _shapes);
        _appliance = new ApplianceObject(fingerprints, _shapes);
    }

    /// <summary>Renders the session into the batch. False: a processor dropped the event.</summary>
    public bool Render(TlsSession session, in ConnectionFacts connection, EventBatch batch)
    {
        UInt128 id = _identity.Compute(session, connection);
        _shapes.Begin(session);
        foreach (FieldSelection fields in _selections)
        {
            for (int size = _reservation; size <= EventBounds.EventBytes; size *= 2)
            {
                Span<byte> room = batch.Reserve(size);
                int length = Write(session, connection, id, fields, room[..Math.Min(room.Length, EventBounds.EventBytes)]);
                if (length > 0)
                {
                    _reservation = Math.Max(FirstReservation, (int)BitOperations.RoundUpToPowerOf2((uint)length));
                    batch.Commit(length, id, session.StartTime);
                    return true;
                }
            }
        }

        throw new InvalidOperationException("an event without chains and hellos is longer than its bound");
    }

    /// <summary>Bytes written; 0 when there was not enough room.</summary>
    private int Write(TlsSession session, in ConnectionFacts connection, UInt128 id, FieldSelection fields, Span<byte> room)
    {
        _truncated.Clear();
        MarkLeftOut(fields);
        EventWriter writer = new(room, fields, _configured, _truncated);
        Endpoints endpoints = Endpoints.Of(session, connection);
        ReadOnlySpan<byte> serverName = session.HasClientHello ? HelloObject.FirstServerName(session.ClientHello) : [];

        writer.StartRoot();
        Envelope.WriteEvent(ref writer, session, id);
        Envelope.WriteEndpoints(ref writer, endpoints, connection.Key.IpVersion, serverName);
        Envelope.WriteNetwork(ref writer, connection, _internal.Direction(endpoints.Client.Address, endpoints.Server.Address));
        Envelope.WriteObserver(ref writer, _sensor);
        _tls.Write(ref writer, session);
        _appliance.Write(ref writer, session, connection, endpoints);
        writer.EndRoot();
        return writer.Overflowed ? 0 : writer.Length;
    }

    /// <summary>An event that had to leave out whole objects names their fields as cut.</summary>
    private void MarkLeftOut(FieldSelection fields)
    {
        if (fields == _selections[0])
        {
            return;
        }

        foreach (EventField field in EventFields.Rows)
        {
            if (_selections[0].Includes(field) && !fields.Includes(field))
            {
                _truncated.Add(field);
            }
        }
    }

    private static IEnumerable<string> Chains(EventLayout layout) => Paths(
        layout,
        [EventFields.ClientCertificates.RawChain, EventFields.ServerCertificates.RawChain, EventFields.ClientCertificates.First.Raw, EventFields.ServerCertificates.First.Raw],
        [EventObjects.ClientChain, EventObjects.ServerChain]);

    private static IEnumerable<string> Details(EventLayout layout) => Paths(
        layout,
        [EventFields.SupportedCiphers, EventFields.AppliancePeerClient.Extensions, EventFields.AppliancePeerServer.Extensions, EventFields.KeyShares],
        [EventObjects.ClientHello, EventObjects.ServerHello, EventObjects.ClientCertificate, EventObjects.ServerCertificate]);

    private static IEnumerable<string> Paths(EventLayout layout, EventField[] fields, EventObject[] objects) =>
        fields.Select(field => field.Path(layout)).Concat(objects.Select(target => target.Path(layout))).OfType<string>();
}
