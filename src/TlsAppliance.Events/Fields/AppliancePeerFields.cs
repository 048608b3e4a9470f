using static TlsAppliance.Events.Fields.FieldOrigin;
using static TlsAppliance.Events.Fields.FieldType;

namespace TlsAppliance.Events.Fields;

/// <summary>Rows of <c>tls_appliance.client</c> and <c>tls_appliance.server</c> that both sides have.</summary>
public sealed class AppliancePeerFields
{
    internal AppliancePeerFields(string side)
    {
        Extensions = EventFields.Both(
            $"tls_appliance.{side}.extensions", Keyword, $"{side} hello with extensions", "IANA names of all extensions without GREASE; `(unknown:0x1a2b)` when unassigned.", Ours, FieldConditions.Detailed);
        CertificateAnomalies = EventFields.Both($"tls_appliance.{side}.certificate_anomalies", Keyword, "any", "What was odd about the certificates of that side.", Ours);
        Gap = EventFields.Both($"tls_appliance.{side}.gap", FieldType.Boolean, "true", "A hole inside the handshake of that side: messages may be missing.", Ours);
        GapBytes = EventFields.Both($"tls_appliance.{side}.gap_bytes", Long, "any", "TCP bytes of that side that were never seen.", Ours);
    }

    public EventField Extensions { get; }

    public EventField CertificateAnomalies { get; }

    public EventField Gap { get; }

    public EventField GapBytes { get; }
}
