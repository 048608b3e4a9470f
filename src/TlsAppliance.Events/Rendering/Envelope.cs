using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Json;
using TlsAppliance.Events.Places;
using TlsAppliance.Network.Frames;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Rendering;

/// <summary>The ECS fields around <c>tls</c>, the same in both layouts.</summary>
internal static class Envelope
{
    private const int LongestVlanId = 5;

    /// <returns>Where the text of the identity begins, or -1.</returns>
    internal static int WriteEvent(ref EventWriter writer, FixedRuns runs, TlsSession session, scoped ReadOnlySpan<byte> id)
    {
        Span<byte> start = stackalloc byte[DateText.Length];
        DateText.WriteNanoseconds(session.StartTime, start);
        writer.PlainText(EventFields.Timestamp, start);
        writer.Append(session.Established ? runs.Established : runs.NotEstablished);

        int mark = writer.StartObject(EventObjects.Event);
        writer.Append(runs.Kind);
        int idAt = writer.PlainTextAt(EventFields.Id, id);
        writer.PlainText(EventFields.Start, start);
        if (session.EndTime != 0)
        {
            writer.Time(EventFields.End, session.EndTime);
            writer.Number(EventFields.Duration, session.EndTime - session.StartTime);
        }

        writer.EndObject(EventObjects.Event, mark);
        return idAt;
    }

    internal static void WriteOutcome(ref EventWriter writer, scoped ReadOnlySpan<byte> status)
    {
        writer.PlainText(EventFields.Type, "tls"u8);
        writer.PlainText(EventFields.Status, status);
    }

    internal static void WriteKind(ref EventWriter writer)
    {
        writer.PlainText(EventFields.Kind, "event"u8);
        WriteList(ref writer, EventFields.Category, "network"u8, []);
        WriteList(ref writer, EventFields.EventType, "connection"u8, "protocol"u8);
        writer.PlainText(EventFields.Dataset, "tls"u8);
    }

    /// <summary>Source is the client, whoever was seen first; client and server repeat source and destination.</summary>
    internal static void WriteEndpoints(
        ref EventWriter writer, in Endpoints endpoints, byte ipVersion, scoped ReadOnlySpan<byte> serverName, IAddressPlaces? places)
    {
        AddressPlace? client = places?.Find(endpoints.Client.Address);
        AddressPlace? server = places?.Find(endpoints.Server.Address);
        Span<byte> from = stackalloc byte[IpAddressText.MaxLength];
        Span<byte> to = stackalloc byte[IpAddressText.MaxLength];
        from = from[..IpAddressText.Write(endpoints.Client.Address, ipVersion, from)];
        to = to[..IpAddressText.Write(endpoints.Server.Address, ipVersion, to)];
        WriteEndpoint(ref writer, EventObjects.Source, EventObjects.SourcePlace, EventFields.Source, endpoints.Client, from, [], client);
        WriteEndpoint(ref writer, EventObjects.Destination, EventObjects.DestinationPlace, EventFields.Destination, endpoints.Server, to, serverName, server);
        WriteEndpoint(ref writer, EventObjects.Client, EventObjects.ClientPlace, EventFields.Client, endpoints.Client, from, [], client);
        WriteEndpoint(ref writer, EventObjects.Server, EventObjects.ServerPlace, EventFields.Server, endpoints.Server, to, serverName, server);

        int mark = writer.StartObject(EventObjects.Related);
        WriteList(ref writer, EventFields.RelatedIp, from, endpoints.Client.Address == endpoints.Server.Address ? [] : to);
        writer.EndObject(EventObjects.Related, mark);
    }

    internal static void WriteProtocols(ref EventWriter writer, scoped ReadOnlySpan<byte> ip)
    {
        writer.PlainText(EventFields.NetworkType, ip);
        writer.PlainText(EventFields.Transport, "tcp"u8);
        writer.PlainText(EventFields.Protocol, "tls"u8);
    }

    /// <returns>Where the text of the Community ID begins, or -1.</returns>
    internal static int WriteNetwork(
        ref EventWriter writer, FixedRuns runs, in ConnectionFacts connection, scoped ReadOnlySpan<byte> direction, scoped ReadOnlySpan<byte> community)
    {
        int mark = writer.StartObject(EventObjects.Network);
        writer.Append(connection.Key.IpVersion == 4 ? runs.Ipv4 : runs.Ipv6);
        int communityAt = writer.PlainTextAt(EventFields.Community, community);
        writer.PlainText(EventFields.Direction, direction);
        writer.Number(EventFields.NetworkBytes, connection.OriginatorBytes + connection.ResponderBytes);
        writer.Number(EventFields.NetworkPackets, connection.OriginatorPackets + connection.ResponderPackets);
        WriteVlan(ref writer, EventObjects.Vlan, EventFields.Vlan, connection.OuterVlan);
        int inner = writer.StartObject(EventObjects.Inner);
        WriteVlan(ref writer, EventObjects.InnerVlan, EventFields.InnerVlan, connection.InnerVlan);
        writer.EndObject(EventObjects.Inner, inner);
        writer.EndObject(EventObjects.Network, mark);
        return communityAt;
    }

    internal static void WriteObserver(ref EventWriter writer, string sensor)
    {
        int mark = writer.StartObject(EventObjects.EcsObject);
        writer.PlainText(EventFields.EcsVersion, "8.0.0"u8);
        writer.EndObject(EventObjects.EcsObject, mark);

        mark = writer.StartObject(EventObjects.Observer);
        writer.Text(EventFields.ObserverName, sensor);
        writer.PlainText(EventFields.ObserverProduct, "tls-appliance"u8);
        writer.PlainText(EventFields.ObserverType, "sensor"u8);
        writer.EndObject(EventObjects.Observer, mark);
    }

    private static void WriteEndpoint(
        ref EventWriter writer, EventObject target, PlaceObjects objects, EndpointFields fields, in Endpoint endpoint,
        scoped ReadOnlySpan<byte> address, scoped ReadOnlySpan<byte> domain, AddressPlace? place)
    {
        int mark = writer.StartObject(target);
        writer.PlainText(fields.Address, address);
        writer.Number(fields.Port, endpoint.Port);
        if (fields.Domain is { } domainField)
        {
            writer.Text(domainField, domain);
        }

        writer.Number(fields.Bytes, endpoint.Bytes);
        writer.Number(fields.Packets, endpoint.Packets);
        if (place is not null)
        {
            PlaceObject.Write(ref writer, objects, fields.Place, place);
        }

        writer.EndObject(target, mark);
    }

    private static void WriteVlan(ref EventWriter writer, EventObject target, EventField field, ushort id)
    {
        int mark = writer.StartObject(target);
        if (id != DecodedFrame.NoVlan)
        {
            Span<byte> text = stackalloc byte[LongestVlanId];
            id.TryFormat(text, out int length, default, System.Globalization.CultureInfo.InvariantCulture);
            writer.PlainText(field, text[..length]);
        }

        writer.EndObject(target, mark);
    }

    private static void WriteList(ref EventWriter writer, EventField field, scoped ReadOnlySpan<byte> first, scoped ReadOnlySpan<byte> second)
    {
        if (!writer.StartList(field))
        {
            return;
        }

        writer.PlainEntry(first);
        if (!second.IsEmpty)
        {
            writer.PlainEntry(second);
        }

        writer.EndList();
    }
}
