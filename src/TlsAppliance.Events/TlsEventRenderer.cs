using System.Numerics;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Places;
using TlsAppliance.Events.Processing;
using TlsAppliance.Events.Rendering;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events;

/// <summary>Writes one session as one JSON document in the configured layout. Owned by one shard; keeps its caches.</summary>
public sealed class TlsEventRenderer
{
    private const int FirstReservation = 16 * 1024;

    private readonly ushort _communitySeed;
    private readonly IAddressPlaces? _places;
    private readonly ProcessorPlan _plan;
    private readonly InternalNetworks _internal;
    private readonly EventIdentity _identity;
    private readonly HelloShapes _shapes;
    private readonly TlsObject _tls;
    private readonly ApplianceObject _appliance;
    private readonly FieldSet _truncated = new();
    private int _reservation = FirstReservation;

    /// <exception cref="FormatException">An entry of <see cref="EventOptions.InternalNetworks"/> is no network.</exception>
    /// <exception cref="ArgumentException">A value of <see cref="EventOptions.Fields"/> or of a processor has a type that events cannot hold.</exception>
    public TlsEventRenderer(EventOptions options)
    {
        _communitySeed = options.CommunityIdSeed;
        _places = options.Places;
        _plan = new ProcessorPlan(options);
        _internal = new InternalNetworks(options.InternalNetworks);
        _identity = new EventIdentity(options.Sensor);
        FieldSelection usual = _plan.HasConditions ? _plan.Untouched.Fields : _plan.Unconditional.Fields;
        Fingerprints fingerprints = new();
        _shapes = new HelloShapes(usual);
        _tls = new TlsObject(usual, fingerprints, _shapes);
        _appliance = new ApplianceObject(fingerprints, _shapes);
    }

    /// <summary>Renders the session into the batch. False: a processor dropped the event.</summary>
    public bool Render(TlsSession session, in ConnectionFacts connection, EventBatch batch)
    {
        EventId id = _identity.Compute(session, connection);
        _shapes.Begin(session);
        EventForm? form = _plan.Unconditional;
        int length;
        if (_plan.HasConditions)
        {
            length = Write(session, connection, id, _plan.Untouched, batch);
            form = _plan.Choose(batch.Reserve(length)[..length]);
            if (form == _plan.Untouched)
            {
                batch.Commit(length, id, session.StartTime);
                return true;
            }
        }

        if (form is null)
        {
            return false;
        }

        length = Write(session, connection, id, form, batch);
        batch.Commit(length, id, session.StartTime);
        return true;
    }

    /// <summary>Writes the document behind the last one of the batch, in the first of the form's selections that keeps the bound.</summary>
    /// <returns>Bytes written.</returns>
    private int Write(TlsSession session, in ConnectionFacts connection, EventId id, EventForm form, EventBatch batch)
    {
        foreach (FieldSelection fields in form.Selections)
        {
            for (int size = _reservation; size <= EventBounds.EventBytes; size *= 2)
            {
                Span<byte> room = batch.Reserve(size);
                int length = Write(session, connection, id, form, fields, room[..Math.Min(room.Length, EventBounds.EventBytes)]);
                if (length > 0)
                {
                    _reservation = Math.Max(FirstReservation, (int)BitOperations.RoundUpToPowerOf2((uint)length));
                    return length;
                }
            }
        }

        throw new InvalidOperationException("an event without chains and hellos is longer than its bound");
    }

    /// <summary>Bytes written; 0 when there was not enough room.</summary>
    private int Write(TlsSession session, in ConnectionFacts connection, EventId id, EventForm form, FieldSelection fields, Span<byte> room)
    {
        _truncated.Clear();
        MarkLeftOut(form, fields);
        EventWriter writer = new(room, fields, form.Configured, _truncated);
        Endpoints endpoints = Endpoints.Of(session, connection);
        ReadOnlySpan<byte> serverName = session.HasClientHello ? HelloObject.FirstServerName(session.ClientHello) : [];

        writer.StartRoot();
        Envelope.WriteEvent(ref writer, form.Runs, session, id);
        Envelope.WriteEndpoints(ref writer, endpoints, connection.Key.IpVersion, serverName, _places);
        Envelope.WriteNetwork(ref writer, form.Runs, connection, _internal.Direction(endpoints.Client.Address, endpoints.Server.Address), _communitySeed);
        writer.Append(form.Runs.Observer);
        _tls.Write(ref writer, session);
        _appliance.Write(ref writer, session, connection, endpoints);
        writer.EndRoot();
        return writer.Overflowed ? 0 : writer.Length;
    }

    /// <summary>An event that had to leave out whole objects names their fields as cut.</summary>
    private void MarkLeftOut(EventForm form, FieldSelection fields)
    {
        if (fields == form.Fields)
        {
            return;
        }

        foreach (EventField field in EventFields.Rows)
        {
            if (form.Fields.Includes(field) && !fields.Includes(field))
            {
                _truncated.Add(field);
            }
        }
    }
}
