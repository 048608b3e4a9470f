using TlsAppliance.Events.Fields;
using TlsAppliance.Network.Frames;
using TlsAppliance.Tls.Certificates;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Rendering;

/// <summary>The object <c>tls_appliance</c>: what neither ECS nor Packetbeat has a field for. Written last, because it says what was cut before.</summary>
internal sealed class ApplianceObject
{
    private const int LongestName = 128;

    private readonly HelloShapes _shapes;
    private readonly Fingerprints _fingerprints;
    private readonly HelloShapes.WritePart _writeHelloOfClient, _writeHelloOfServer;

    internal ApplianceObject(Fingerprints fingerprints, HelloShapes shapes)
    {
        _shapes = shapes;
        _fingerprints = fingerprints;
        (_writeHelloOfClient, _writeHelloOfServer) = (WriteHelloOfClient, WriteHelloOfServer);
    }

    internal void Write(ref EventWriter writer, TlsSession session, in ConnectionFacts connection, in Endpoints endpoints)
    {
        int mark = writer.StartObject(EventObjects.Appliance);
        writer.PlainText(EventFields.EndReason, EnumNames<EndReason>.Of((int)connection.EndReason));
        writer.Count(EventFields.Ordinal, connection.Ordinal);
        writer.Flag(EventFields.HelloRetry, session.HelloRetry);
        writer.Flag(EventFields.Ssl2Hello, session.Ssl2Hello);
        writer.Flag(EventFields.EarlyData, session.EarlyDataOffered);
        WriteTiming(ref writer, session, connection);
        WriteClient(ref writer, session, endpoints);
        WriteServer(ref writer, session, endpoints);
        WriteTunnel(ref writer, connection);
        writer.Count(EventFields.SkippedMessages, session.SkippedMessages);
        WriteAnomalies(ref writer, session);
        WriteTruncated(ref writer);
        writer.EndObject(EventObjects.Appliance, mark);
    }

    private static void WriteTiming(ref EventWriter writer, TlsSession session, in ConnectionFacts connection)
    {
        int mark = writer.StartObject(EventObjects.Timing);
        WriteInterval(ref writer, EventFields.TcpConnectTime, connection.SynTime, connection.SynAckTime);
        WriteInterval(ref writer, EventFields.ServerHelloTime, session.ClientHelloTime, session.ServerHelloTime);
        WriteInterval(ref writer, EventFields.HandshakeTime, session.ClientHelloTime, session.EndTime);
        writer.EndObject(EventObjects.Timing, mark);
    }

    /// <summary>Nothing when one end was not seen, or when the capture has them the wrong way round.</summary>
    private static void WriteInterval(ref EventWriter writer, EventField field, long from, long to)
    {
        if (from != 0 && to != 0 && to >= from)
        {
            writer.Number(field, to - from);
        }
    }

    private void WriteClient(ref EventWriter writer, TlsSession session, in Endpoints endpoints)
    {
        int mark = writer.StartObject(EventObjects.ApplianceClient);
        if (session.HasClientHello)
        {
            _shapes.WriteClient(ref writer, session, HelloPart.Appliance, _writeHelloOfClient);
        }

        WritePeer(ref writer, EventFields.AppliancePeerClient, session.ClientCertificates, session.ClientGap, endpoints.Client.GapBytes);
        writer.EndObject(EventObjects.ApplianceClient, mark);
    }

    private void WriteServer(ref EventWriter writer, TlsSession session, in Endpoints endpoints)
    {
        int mark = writer.StartObject(EventObjects.ApplianceServer);
        if (session.HasServerHello)
        {
            _shapes.WriteServer(ref writer, session, HelloPart.Appliance, _writeHelloOfServer);
        }

        WritePeer(ref writer, EventFields.AppliancePeerServer, session.ServerCertificates, session.ServerGap, endpoints.Server.GapBytes);
        writer.EndObject(EventObjects.ApplianceServer, mark);
    }

    private void WriteHelloOfClient(ref EventWriter writer, in HeldHello hello)
    {
        WriteExtensions(ref writer, hello, EventFields.AppliancePeerClient.Extensions);
        WriteKeyShares(ref writer, hello);
        if (writer.Layout == EventLayout.Ecs)
        {
            _fingerprints.WriteJa3Text(ref writer, hello);
        }

        _fingerprints.WriteJa4Forms(ref writer, hello);
    }

    private void WriteHelloOfServer(ref EventWriter writer, in HeldHello hello)
    {
        WriteExtensions(ref writer, hello, EventFields.AppliancePeerServer.Extensions);
        _fingerprints.WriteJa3SText(ref writer, hello);
    }

    private static void WriteExtensions(ref EventWriter writer, in HeldHello hello, EventField field)
    {
        if (!writer.StartList(field))
        {
            return;
        }

        Span<byte> name = stackalloc byte[LongestName];
        foreach (HeldExtension extension in hello)
        {
            if (!Grease.IsGrease((ushort)extension.Type) && !writer.Entry(name[..ExtensionTypes.Write((ushort)extension.Type, name)]))
            {
                break;
            }
        }

        writer.EndList();
    }

    private static void WriteKeyShares(ref EventWriter writer, in HeldHello hello)
    {
        foreach (HeldExtension extension in hello)
        {
            if (extension.Type == ExtensionType.KeyShare)
            {
                ExtensionsObject.WriteNames(ref writer, EventFields.KeyShares, KeyShare.Groups(extension), NamedGroups.Write, keepGrease: false);
                return;
            }
        }
    }

    private static void WritePeer(
        ref EventWriter writer, AppliancePeerFields fields, IReadOnlyList<CertificateFacts> certificates, bool gap, long gapBytes)
    {
        CertificateAnomalies anomalies = CertificateAnomalies.None;
        for (int i = 0; i < certificates.Count; i++)
        {
            anomalies |= certificates[i].Anomalies;
        }

        if (anomalies != CertificateAnomalies.None && writer.StartList(fields.CertificateAnomalies))
        {
            EnumNames<CertificateAnomalies>.WriteFlags(ref writer, (int)anomalies);
            writer.EndList();
        }

        writer.Flag(fields.Gap, gap);
        writer.Count(fields.GapBytes, gapBytes);
    }

    private static void WriteTunnel(ref EventWriter writer, in ConnectionFacts connection)
    {
        if (connection.Carrier == CarrierKind.None)
        {
            return;
        }

        int mark = writer.StartObject(EventObjects.Tunnel);
        writer.PlainText(EventFields.TunnelType, EnumNames<CarrierKind>.Of((int)connection.Carrier));
        writer.Count(EventFields.TunnelId, connection.CarrierId);
        writer.EndObject(EventObjects.Tunnel, mark);
    }

    private static void WriteAnomalies(ref EventWriter writer, TlsSession session)
    {
        if (!writer.StartList(EventFields.Anomalies))
        {
            return;
        }

        EnumNames<TlsAnomalies>.WriteFlags(ref writer, (int)session.Anomalies);
        if (!session.RolesAreKnown)
        {
            writer.Entry("roles_unknown"u8);
        }

        writer.EndList();
    }

    private static void WriteTruncated(ref EventWriter writer)
    {
        if (writer.TruncatedFields.IsEmpty || !writer.StartList(EventFields.Truncated))
        {
            return;
        }

        foreach (EventField field in EventFields.Rows)
        {
            if (writer.TruncatedFields.Contains(field))
            {
                writer.Entry(field.Path(writer.Layout)!);
            }
        }

        writer.EndList();
    }
}
