using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;
using TlsAppliance.Network.Headers;
using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Pipeline.Survey;

/// <summary>
/// Looks at the traffic of an interface for a few seconds: not at sessions, but at whether it is fit to find them in. One thread.
/// </summary>
/// <param name="ownAddresses">Addresses of this box, as <see cref="FlowKey"/> has them.</param>
public sealed class SpanSurvey(IReadOnlySet<UInt128> ownAddresses)
{
    /// <summary>Connections that are followed; those that come when there are so many are not judged.</summary>
    private const int MaximumConnections = 1 << 18;

    // A record with a hello at its start (RFC 8446 §5.1, §4).
    private const int HelloBytes = 6;
    private const byte HandshakeRecord = 22;
    private const byte MajorVersion = 3;
    private const int MessageOffset = 5;
    private const byte ClientHello = 1;
    private const byte ServerHello = 2;

    private readonly Dictionary<FlowKey, SurveyedConnection> _connections = [];
    private readonly Dictionary<CarrierKind, long> _tunnelled = [];
    private readonly RecentSegments _recent = new();
    private DecodedFrame _decoded;
    private long _frames, _bytes, _tcp, _tagged, _segments, _duplicates;

    /// <summary>Looks at the frames of a run; the block stays the caller's.</summary>
    public void Look(in FrameRun run)
    {
        for (int index = run.Start; index < run.Start + run.Count; index++)
        {
            Look(run.Block[index]);
        }
    }

    public SpanFigures Figures() => new()
    {
        Frames = _frames,
        WireBytes = _bytes,
        TcpFrames = _tcp,
        TaggedFrames = _tagged,
        Tunnelled = _tunnelled,
        Segments = _segments,
        Duplicates = _duplicates,
        Connections = _connections.Count,
        JudgedConnections = _connections.Values.Count(connection => connection.IsTwoWay || connection.IsOneWay),
        OneWayConnections = _connections.Values.Count(connection => connection.IsOneWay),
        OwnConnections = _connections.Values.Count(connection => connection.IsOwn),
        SeenBytes = _connections.Values.Sum(connection => connection.Low.SeenBytes + connection.High.SeenBytes),
        UnseenBytes = _connections.Values.Sum(connection => connection.Low.UnseenBytes + connection.High.UnseenBytes),
        ClientHellos = _connections.Values.Count(connection => connection.HasClientHello),
        ServerHellos = _connections.Values.Count(connection => connection.HasServerHello),
    };

    private void Look(in CapturedFrame frame)
    {
        _frames++;
        _bytes += frame.WireLength;
        if (FrameDecoder.Decode(frame.Bytes, frame.LinkType, ref _decoded) != DecodeStatus.Tcp)
        {
            return;
        }

        _tcp++;
        _tagged += _decoded.OuterVlan == DecodedFrame.NoVlan ? 0 : 1;
        if (_decoded.Carrier != CarrierKind.None)
        {
            _tunnelled[_decoded.Carrier] = _tunnelled.GetValueOrDefault(_decoded.Carrier) + 1;
        }

        int length = _decoded.PayloadLength + _decoded.PayloadMissing + Numbers(_decoded.Flags);
        if (length > 0)
        {
            _segments++;
            if (_recent.IsCopy(frame.Bytes, _decoded.PayloadOffset, HashCode.Combine(_decoded.Key, _decoded.SourceIsLow, length), frame.Timestamp))
            {
                _duplicates++;
                return;
            }
        }

        if (Follow() is { } connection)
        {
            Note(connection, frame.Bytes.Slice(_decoded.PayloadOffset, _decoded.PayloadLength), length);
        }
    }

    /// <summary>SYN and FIN take a number each.</summary>
    private static int Numbers(TcpFlags flags) => ((flags & TcpFlags.Syn) != 0 ? 1 : 0) + ((flags & TcpFlags.Fin) != 0 ? 1 : 0);

    private SurveyedConnection? Follow()
    {
        if (_connections.TryGetValue(_decoded.Key, out SurveyedConnection? connection) || _connections.Count == MaximumConnections)
        {
            return connection;
        }

        connection = new SurveyedConnection(ownAddresses.Contains(_decoded.Key.LowAddress) || ownAddresses.Contains(_decoded.Key.HighAddress));
        _connections.Add(_decoded.Key, connection);
        return connection;
    }

    private void Note(SurveyedConnection connection, ReadOnlySpan<byte> payload, int length)
    {
        (SurveyedSide sender, SurveyedSide receiver) = _decoded.SourceIsLow ? (connection.Low, connection.High) : (connection.High, connection.Low);
        sender.See(new TcpSequence(_decoded.SequenceNumber), length);

        // A reset may acknowledge what never was (RFC 9293 §3.10.7).
        if ((_decoded.Flags & (TcpFlags.Ack | TcpFlags.Rst)) == TcpFlags.Ack)
        {
            sender.Acknowledges = true;
            receiver.Acknowledge(new TcpSequence(_decoded.AcknowledgmentNumber));
        }

        if (payload.Length >= HelloBytes && payload[0] == HandshakeRecord && payload[1] == MajorVersion)
        {
            connection.HasClientHello |= payload[MessageOffset] == ClientHello;
            connection.HasServerHello |= payload[MessageOffset] == ServerHello;
        }
    }
}
