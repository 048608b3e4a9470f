using static TlsAppliance.Events.Fields.EventFields;
using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>Rows of one endpoint: <c>source</c>, <c>destination</c>, <c>client</c>, <c>server</c>.</summary>
public sealed class EndpointFields
{
    internal EndpointFields(string path)
    {
        Address = Both($"{path}.ip", Ip, "always", "Address.");
        Port = Both($"{path}.port", Long, "always", "TCP port.");
        Domain = path is "destination" or "server" ? Both($"{path}.domain", Keyword, "SNI", "First host name of the SNI.") : null;
        Bytes = Both($"{path}.bytes", Long, "always", "Bytes of IP datagrams sent, up to the frame that decided the event.", Ours);
        Packets = Both($"{path}.packets", Long, "always", "Frames sent, up to the frame that decided the event.", Ours);
        Place = new PlaceFields(path);
    }

    public EventField Address { get; }

    public EventField Port { get; }

    /// <summary>Null for the side of the client.</summary>
    public EventField? Domain { get; }

    public EventField Bytes { get; }

    public EventField Packets { get; }

    public PlaceFields Place { get; }
}
