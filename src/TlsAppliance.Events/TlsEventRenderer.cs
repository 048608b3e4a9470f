using System.Numerics;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Identity;
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

    /// <summary>What is written of the identities: under conditions themselves, else zeros until the batch is settled.</summary>
    private readonly byte[] _idText = Zeros(EventIdentity.TextLength), _communityText = Zeros(CommunityId.Length);
    private readonly IdentityHash _hash = new();
    private int _idAt, _communityAt;
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
        EventBatch.Messages draft = batch.Draft(_identity.MessageLength);
        _identity.WriteMessage(session, connection, draft.Identity);
        int communityLength = CommunityId.WriteMessage(connection.Key, _communitySeed, draft.Community);
        _shapes.Begin(session);
        if (_plan.HasConditions)
        {
            EventId id = Identify(draft.Identity, draft.Community[..communityLength]);
            int length = WriteChosen(session, connection, batch);
            if (length > 0)
            {
                batch.Commit(length, id, session.StartTime);
            }

            return length > 0;
        }

        if (_plan.Unconditional is not { } form)
        {
            return false;
        }

        batch.Commit(Write(session, connection, form, batch), session.StartTime, _idAt, _communityAt, communityLength);
        return true;
    }

    /// <summary>Conditions may ask for the identities, so that they have to be known before.</summary>
    private EventId Identify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> community)
    {
        EventId id = _hash.Compute(message);
        EventIdentity.WriteText(id, _idText);
        Span<byte> digest = stackalloc byte[CommunityId.DigestLength];
        Sha1Block.Hash(community, digest);
        CommunityId.WriteText(digest, _communityText);
        return id;
    }

    /// <summary>Writes the document in the form that its own values choose.</summary>
    /// <returns>Bytes written; 0 when a processor dropped the event.</returns>
    private int WriteChosen(TlsSession session, in ConnectionFacts connection, EventBatch batch)
    {
        int length = Write(session, connection, _plan.Untouched, batch);
        EventForm? form = _plan.Choose(batch.Reserve(length)[..length]);
        if (form is null || form == _plan.Untouched)
        {
            return form is null ? 0 : length;
        }

        return Write(session, connection, form, batch);
    }

    /// <summary>Writes the document behind the last one of the batch, in the first of the form's selections that keeps the bound.</summary>
    /// <returns>Bytes written.</returns>
    private int Write(TlsSession session, in ConnectionFacts connection, EventForm form, EventBatch batch)
    {
        foreach (FieldSelection fields in form.Selections)
        {
            for (int size = _reservation; size <= EventBounds.EventBytes; size *= 2)
            {
                Span<byte> room = batch.Reserve(size);
                int length = Write(session, connection, form, fields, room[..Math.Min(room.Length, EventBounds.EventBytes)]);
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
    private int Write(TlsSession session, in ConnectionFacts connection, EventForm form, FieldSelection fields, Span<byte> room)
    {
        _truncated.Clear();
        MarkLeftOut(form, fields);
        EventWriter writer = new(room, fields, form.Configured, _truncated);
        Endpoints endpoints = Endpoints.Of(session, connection);
        ReadOnlySpan<byte> serverName = session.HasClientHello ? HelloObject.FirstServerName(session.ClientHello) : [];

        writer.StartRoot();
        _idAt = Envelope.WriteEvent(ref writer, form.Runs, session, _idText);
        Envelope.WriteEndpoints(ref writer, endpoints, connection.Key.IpVersion, serverName, _places);
        _communityAt = Envelope.WriteNetwork(ref writer, form.Runs, connection, _internal.Direction(endpoints.Client.Address, endpoints.Server.Address), _communityText);
        writer.Append(form.Runs.Observer);
        _tls.Write(ref writer, session);
        _appliance.Write(ref writer, session, connection, endpoints);
        writer.EndRoot();
        return writer.Overflowed ? 0 : writer.Length;
    }

    private static byte[] Zeros(int length)
    {
        byte[] text = new byte[length];
        text.AsSpan().Fill((byte)'0');
        return text;
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
