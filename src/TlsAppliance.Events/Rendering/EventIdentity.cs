using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Network.Flows;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Rendering;

/// <summary>
/// The identity of an event: the first 128 bits of SHA-256 over what names the session and how complete it was seen. The same capture gives the same
/// identity wherever and however often it is replayed; two sensors give two.
/// </summary>
internal sealed class EventIdentity
{
    private const int RandomLength = 32;
    private const int FactsLength = 16 + 16 + 2 + 2 + 1 + 1 + 8 + 8 + (2 * RandomLength) + 4 + 1;

    private readonly byte[] _input;

    /// <summary>One for all events: making and clearing a context each time takes another sixth of the time.</summary>
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    internal EventIdentity(string sensor)
    {
        byte[] name = Encoding.UTF8.GetBytes(sensor);
        _input = new byte[FactsLength + name.Length];
        name.CopyTo(_input, FactsLength);
    }

    internal EventId Compute(TlsSession session, in ConnectionFacts connection)
    {
        Span<byte> input = _input;
        FlowKey key = connection.Key;
        BinaryPrimitives.WriteUInt64BigEndian(input, key.LowAddress.High);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], key.LowAddress.Low);
        BinaryPrimitives.WriteUInt64BigEndian(input[16..], key.HighAddress.High);
        BinaryPrimitives.WriteUInt64BigEndian(input[24..], key.HighAddress.Low);
        BinaryPrimitives.WriteUInt16BigEndian(input[32..], key.LowPort);
        BinaryPrimitives.WriteUInt16BigEndian(input[34..], key.HighPort);
        (input[36], input[37]) = (key.IpVersion, key.Protocol);
        BinaryPrimitives.WriteUInt64BigEndian(input[38..], key.Carrier);
        BinaryPrimitives.WriteInt64BigEndian(input[46..], connection.FirstFrameTime);
        WriteRandoms(session, input.Slice(54, 2 * RandomLength));
        BinaryPrimitives.WriteInt32BigEndian(input[118..], connection.Ordinal);
        input[122] = Completeness(session);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _sha256.AppendData(input);
        _sha256.GetHashAndReset(digest);
        return new EventId(BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[sizeof(ulong)..]));
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
