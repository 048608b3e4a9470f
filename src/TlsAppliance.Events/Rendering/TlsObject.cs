using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Alerts;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using TlsAppliance.Tls.Sessions;

namespace TlsAppliance.Events.Rendering;

/// <summary>The object <c>tls</c> in both layouts.</summary>
internal sealed class TlsObject
{
    private const int LongestName = 128;

    private readonly CertificateObjects _certificates;
    private readonly HelloShapes _shapes;
    private readonly HelloShapes.WritePart _writeJa3;

    internal TlsObject(FieldSelection fields, Fingerprints fingerprints, HelloShapes shapes)
    {
        _certificates = new CertificateObjects(fields);
        _shapes = shapes;
        _writeJa3 = fingerprints.WriteJa3WithText;
    }

    internal void Write(ref EventWriter writer, TlsSession session)
    {
        int mark = writer.StartObject(EventObjects.Tls);
        writer.Boolean(EventFields.Established, session.Established);
        writer.Boolean(EventFields.Resumed, session.Resumption != Resumption.None);
        if (writer.Layout == EventLayout.Ecs)
        {
            WriteEcs(ref writer, session);
        }
        else
        {
            WriteClassic(ref writer, session);
        }

        writer.EndObject(EventObjects.Tls, mark);
    }

    /// <summary>Today's Packetbeat: endpoints under <c>client</c> and <c>server</c>, everything else under <c>detailed</c>.</summary>
    private void WriteEcs(ref EventWriter writer, TlsSession session)
    {
        Span<byte> version = stackalloc byte[ProtocolVersions.MaxLength];
        writer.PlainText(EventFields.Version, version[..ProtocolVersions.WriteNumber(session.Version, version)]);
        writer.PlainText(EventFields.VersionProtocol, ProtocolVersions.Utf8Protocol(session.Version));
        if (session.HasServerHello)
        {
            _shapes.WriteServer(ref writer, session, HelloPart.Selection, HelloObject.WriteSelection);
        }

        WriteCurve(ref writer, session);
        WriteClient(ref writer, session);
        WriteServer(ref writer, session);

        int mark = writer.StartObject(EventObjects.Detailed);
        writer.PlainText(EventFields.DetailedVersion, version[..ProtocolVersions.WriteText(session.Version, version)]);
        WriteNegotiation(ref writer, session);
        WriteHellos(ref writer, session);
        _certificates.WriteChain(ref writer, session.ClientCertificates, isServer: false);
        _certificates.WriteChain(ref writer, session.ServerCertificates, isServer: true);
        writer.EndObject(EventObjects.Detailed, mark);
    }

    /// <summary>Packetbeat 6: hellos and certificates side by side in <c>tls</c>. What it did not have stands beside them under its ECS name.</summary>
    private void WriteClassic(ref EventWriter writer, TlsSession session)
    {
        if (session.Established)
        {
            Span<byte> version = stackalloc byte[ProtocolVersions.MaxLength];
            writer.PlainText(EventFields.DetailedVersion, version[..ProtocolVersions.WriteText(session.Version, version)]);
        }

        WriteNegotiation(ref writer, session);
        WriteHellos(ref writer, session);
        _certificates.WriteFirst(ref writer, session.ClientCertificates, isServer: false);
        _certificates.WriteChain(ref writer, session.ClientCertificates, isServer: false);
        _certificates.WriteFirst(ref writer, session.ServerCertificates, isServer: true);
        _certificates.WriteChain(ref writer, session.ServerCertificates, isServer: true);
        WriteClassicJa3(ref writer, session);
        WriteCurve(ref writer, session);
        WriteClient(ref writer, session);
        WriteServer(ref writer, session);
    }

    private void WriteClient(ref EventWriter writer, TlsSession session)
    {
        int mark = writer.StartObject(EventObjects.TlsClient);
        if (session.HasClientHello)
        {
            if (writer.Layout == EventLayout.Ecs)
            {
                writer.Text(EventFields.ServerName, HelloObject.FirstServerName(session.ClientHello));
            }

            _shapes.WriteClient(ref writer, session, HelloPart.Summary, WriteSummary);
        }

        WriteCertificates(ref writer, session, isServer: false);
        writer.EndObject(EventObjects.TlsClient, mark);
    }

    private static void WriteSummary(ref EventWriter writer, in HeldHello hello)
    {
        if (writer.Layout == EventLayout.Ecs)
        {
            HelloObject.WriteSupportedCiphers(ref writer, hello);
            Fingerprints.WriteJa3(ref writer, hello);
        }

        Fingerprints.WriteJa4(ref writer, hello);
    }

    private void WriteServer(ref EventWriter writer, TlsSession session)
    {
        int mark = writer.StartObject(EventObjects.TlsServer);
        if (session.HasServerHello)
        {
            _shapes.WriteServer(ref writer, session, HelloPart.Summary, Fingerprints.WriteJa3S);
        }

        WriteCertificates(ref writer, session, isServer: true);
        writer.EndObject(EventObjects.TlsServer, mark);
    }

    private void WriteCertificates(ref EventWriter writer, TlsSession session, bool isServer)
    {
        var certificates = isServer ? session.ServerCertificates : session.ClientCertificates;
        _certificates.WriteSummary(ref writer, certificates, isServer);
        if (writer.Layout == EventLayout.Ecs)
        {
            _certificates.WriteFirst(ref writer, certificates, isServer);
            _certificates.WriteRawChain(ref writer, certificates, isServer);
        }
    }

    private static void WriteCurve(ref EventWriter writer, TlsSession session)
    {
        if (session.KeyExchangeGroup != NamedGroup.None)
        {
            Span<byte> name = stackalloc byte[LongestName];
            writer.PlainText(EventFields.Curve, name[..NamedGroups.Write((ushort)session.KeyExchangeGroup, name)]);
        }
    }

    private static void WriteNegotiation(ref EventWriter writer, TlsSession session)
    {
        writer.Boolean(EventFields.ClientCertificateRequested, session.ClientCertificateRequested);
        if (session.Resumption != Resumption.None)
        {
            writer.PlainText(EventFields.ResumptionMethod, EnumNames<Resumption>.Of((int)session.Resumption));
        }

        if (session.OcspResponseStatus >= 0)
        {
            Span<byte> status = stackalloc byte[LongestName];
            writer.PlainText(EventFields.OcspResponse, status[..OcspResponseStatuses.Write((byte)session.OcspResponseStatus, status)]);
        }

        WriteAlerts(ref writer, session);
    }

    private static void WriteAlerts(ref EventWriter writer, TlsSession session)
    {
        Span<byte> name = stackalloc byte[LongestName];
        int mark = writer.StartObjects(EventObjects.Alerts);
        for (int i = 0; i < session.Alerts.Count; i++)
        {
            Alert alert = session.Alerts[i];
            int entry = writer.StartEntry();
            writer.PlainText(EventFields.AlertSeverity, name[..AlertSeverities.Write(alert.Level, name)]);
            writer.Number(EventFields.AlertCode, alert.Description);
            writer.PlainText(EventFields.AlertType, name[..AlertDescriptions.Write(alert.Description, name)]);
            writer.PlainText(EventFields.AlertSource, alert.FromClient ? "client"u8 : "server"u8);
            writer.EndEntry(entry);
        }

        writer.EndObjects(mark);
        if (writer.StartList(EventFields.AlertTypes))
        {
            for (int i = 0; i < session.Alerts.Count; i++)
            {
                writer.Entry(name[..AlertDescriptions.Write(session.Alerts[i].Description, name)]);
            }

            writer.EndList();
        }
    }

    private void WriteHellos(ref EventWriter writer, TlsSession session)
    {
        if (session.HasClientHello)
        {
            HelloObject.WriteClient(ref writer, session, _shapes);
        }

        if (session.HasServerHello)
        {
            HelloObject.WriteServer(ref writer, session, _shapes);
        }
    }

    private void WriteClassicJa3(ref EventWriter writer, TlsSession session)
    {
        if (!session.HasClientHello)
        {
            return;
        }

        int outer = writer.StartObject(EventObjects.Fingerprints);
        int inner = writer.StartObject(EventObjects.Ja3);
        _shapes.WriteClient(ref writer, session, HelloPart.Ja3, _writeJa3);
        writer.EndObject(EventObjects.Ja3, inner);
        writer.EndObject(EventObjects.Fingerprints, outer);
    }
}
