using TlsAppliance.Network.Flows;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Rendering;

/// <summary>The two sides of a connection by their roles in TLS.</summary>
internal readonly struct Endpoints
{
    private Endpoints(Endpoint client, Endpoint server) => (Client, Server) = (client, server);

    internal Endpoint Client { get; }

    internal Endpoint Server { get; }

    internal static Endpoints Of(TlsSession session, in ConnectionFacts connection)
    {
        (IpAddress address, ushort port) low = (connection.Key.LowAddress, connection.Key.LowPort);
        (IpAddress address, ushort port) high = (connection.Key.HighAddress, connection.Key.HighPort);
        (IpAddress address, ushort port) first = connection.OriginatorIsLow ? low : high;
        (IpAddress address, ushort port) second = connection.OriginatorIsLow ? high : low;
        Endpoint originator = new(first.address, first.port, connection.OriginatorBytes, connection.OriginatorPackets, connection.OriginatorGapBytes);
        Endpoint responder = new(second.address, second.port, connection.ResponderBytes, connection.ResponderPackets, connection.ResponderGapBytes);
        return session.ClientIsResponder ? new Endpoints(responder, originator) : new Endpoints(originator, responder);
    }
}
