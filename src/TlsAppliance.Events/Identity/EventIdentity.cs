using System.Buffers.Binary;
using System.Text;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Identity;

/// <summary>
/// The identity of an event: the first 128 bits of SHA-256 over what names the session and how complete it was seen. The same capture gives the same
/// identity wherever and however often it is replayed; two sensors give two.
/// </summary>
internal sealed class EventIdentity(string sensor)
{
    /// <summary>Bytes of the text: lower-case hexadecimal digits.</summary>
    internal const int TextLength = 32;

    private const int RandomLength = 32;
    private const int FactsLength = 16 + 16 + 2 + 2 + 1 + 1 + 8 + 8 + (2 * RandomLength) + 4 + 1;

    private readonly byte[] _sensor = Encoding.UTF8.GetBytes(sensor);

    /// <summary>Bytes of what is hashed, the same for all sessions.</summary>
    internal int MessageLength => FactsLength + _sensor.Length;

    /// <summary>What is hashed, <see cref="MessageLength"/> bytes.</summary>
    internal void WriteMessage(TlsSession session, in ConnectionFacts connection, Span<byte> message)
    {
        FlowKey key = connection.Key;
        BinaryPrimitives.WriteUInt64BigEndian(message, key.LowAddress.High);
        BinaryPrimitives.WriteUInt64BigEndian(message[8..], key.LowAddress.Low);
        BinaryPrimitives.WriteUInt64BigEndian(message[16..], key.HighAddress.High);
        BinaryPrimitives.WriteUInt64BigEndian(message[24..], key.HighAddress.Low);
        BinaryPrimitives.WriteUInt16BigEndian(message[32..], key.LowPort);
        BinaryPrimitives.WriteUInt16BigEndian(message[34..], key.HighPort);
        (message[36], message[37]) = (key.IpVersion, key.Protocol);
        BinaryPrimitives.WriteUInt64BigEndian(message[38..], key.Carrier);
        BinaryPrimitives.WriteInt64BigEndian(message[46..], connection.FirstFrameTime);
        WriteRandoms(session, message.Slice(54, 2 * RandomLength));
        BinaryPrimitives.WriteInt32BigEndian(message[118..], connection.Ordinal);
        message[122] = Completeness(session);
        _sensor.CopyTo(message[FactsLength..]);
    }

    /// <summary>The identity that begins a SHA-256.</summary>
    internal static EventId Of(ReadOnlySpan<byte> digest) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[sizeof(ulong)..]));

    internal static void WriteText(EventId id, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], id.Low);
        Convert.TryToHexStringLower(bytes, text, out _);
    }

    private static void WriteRandoms(TlsSession session, Span<byte> destination)
    {
        destination.Clear();
        if (session.HasClientHello)
        {
            session.ClientHello.Random.CopyTo(destination);
        }

        if (session.HasServerHello)
        {
            session.ServerHello.Random.CopyTo(destination[RandomLength..]);
        }
    }

    /// <summary>An event about half of a session and a later one about the whole of it are two documents.</summary>
    private static byte Completeness(TlsSession session) => (byte)(
        (session.HasClientHello ? 1 : 0)
        | (session.HasServerHello ? 2 : 0)
        | (session.EndTime != 0 ? 4 : 0)
        | (session.ClientGap ? 8 : 0)
        | (session.ServerGap ? 16 : 0));
}
