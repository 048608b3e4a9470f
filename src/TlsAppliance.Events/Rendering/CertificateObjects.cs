using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Certificates;

namespace TlsAppliance.Events.Rendering;

/// <summary>Certificates in all the places where an event shows them. Each is rendered once per place and copied afterwards.</summary>
internal sealed class CertificateObjects
{
    private readonly FragmentCache _cache = new();
    private readonly FieldSet _truncated = new();
    private readonly FieldSelection _fields;

    internal CertificateObjects(FieldSelection fields) => _fields = fields;

    /// <summary><c>subject</c>, <c>issuer</c>, <c>not_before</c>, <c>not_after</c> and <c>hash</c> of the first certificate, into the open object.</summary>
    internal void WriteSummary(ref EventWriter writer, IReadOnlyList<CertificateFacts> certificates, bool isServer)
    {
        if (certificates.Count > 0)
        {
            WriteProperties(ref writer, certificates[0], isServer ? CertificateForm.ServerSummary : CertificateForm.ClientSummary);
        }
    }

    /// <summary>The object of the first certificate.</summary>
    internal void WriteFirst(ref EventWriter writer, IReadOnlyList<CertificateFacts> certificates, bool isServer)
    {
        if (certificates.Count > 0)
        {
            EventObject target = isServer ? EventObjects.ServerCertificate : EventObjects.ClientCertificate;
            int mark = writer.StartObject(target);
            WriteProperties(ref writer, certificates[0], isServer ? CertificateForm.ServerFirst : CertificateForm.ClientFirst);
            writer.EndObject(target, mark);
        }
    }

    /// <summary>The list of the objects of all further certificates; those of which nothing could be read are left out.</summary>
    internal void WriteChain(ref EventWriter writer, IReadOnlyList<CertificateFacts> certificates, bool isServer)
    {
        int count = Math.Min(certificates.Count, EventBounds.ChainEntries);
        int mark = writer.StartObjects(isServer ? EventObjects.ServerChain : EventObjects.ClientChain);
        for (int i = 1; i < count; i++)
        {
            int entry = writer.StartEntry();
            WriteProperties(ref writer, certificates[i], isServer ? CertificateForm.ServerChain : CertificateForm.ClientChain);
            writer.EndEntry(entry);
        }

        writer.EndObjects(mark);
        if (count < certificates.Count)
        {
            writer.MarkTruncated((isServer ? EventFields.ServerCertificates : EventFields.ClientCertificates).Chain.SerialNumber);
        }
    }

    /// <summary>All certificates in PEM form.</summary>
    internal void WriteRawChain(ref EventWriter writer, IReadOnlyList<CertificateFacts> certificates, bool isServer)
    {
        EventField field = (isServer ? EventFields.ServerCertificates : EventFields.ClientCertificates).RawChain;
        if (!writer.StartList(field))
        {
            return;
        }

        int bytes = 0;
        for (int i = 0; i < certificates.Count; i++)
        {
            bytes += certificates[i].Der.Length;
            if (bytes > EventBounds.RawBytes)
            {
                writer.MarkTruncated(field);
                break;
            }

            writer.JsonEntry(Pem(certificates[i]));
        }

        writer.EndList();
    }

    private ReadOnlySpan<byte> Pem(CertificateFacts certificate)
    {
        if (!_cache.TryGet(certificate, CertificateForm.Pem, out Fragment fragment))
        {
            fragment = new Fragment(PemText.ToJson(certificate.Der.Span), null);
            _cache.Add(certificate, CertificateForm.Pem, fragment);
        }

        return fragment.Json;
    }

    private void WriteProperties(ref EventWriter writer, CertificateFacts certificate, CertificateForm form)
    {
        if (writer.UsesFields(_fields) && _cache.TryGet(certificate, form, out Fragment cached))
        {
            writer.Append(cached);
            return;
        }

        FragmentMark mark = writer.StartFragment(_truncated);
        Render(ref writer, certificate, form);
        Fragment fragment = writer.EndFragment(mark);
        if (writer.UsesFields(_fields) && !writer.Overflowed)
        {
            _cache.Add(certificate, form, fragment);
        }
    }

    private void Render(ref EventWriter writer, CertificateFacts certificate, CertificateForm form)
    {
        switch (form)
        {
            case CertificateForm.ServerSummary:
                RenderSummary(ref writer, certificate, EventFields.ServerCertificates, EventObjects.TlsServerHash);
                break;
            case CertificateForm.ClientSummary:
                RenderSummary(ref writer, certificate, EventFields.ClientCertificates, EventObjects.TlsClientHash);
                break;
            case CertificateForm.ServerFirst:
                RenderObject(ref writer, certificate, EventFields.ServerCertificates.First);
                break;
            case CertificateForm.ServerChain:
                RenderObject(ref writer, certificate, EventFields.ServerCertificates.Chain);
                break;
            case CertificateForm.ClientFirst:
                RenderObject(ref writer, certificate, EventFields.ClientCertificates.First);
                break;
            case CertificateForm.ClientChain:
                RenderObject(ref writer, certificate, EventFields.ClientCertificates.Chain);
                break;
        }
    }

    private static void RenderSummary(ref EventWriter writer, CertificateFacts certificate, PeerCertificateFields fields, EventObject hash)
    {
        writer.Text(fields.Subject, certificate.Subject.Text);
        writer.Text(fields.Issuer, certificate.Issuer.Text);
        writer.Date(fields.NotBefore, certificate.NotBefore);
        writer.Date(fields.NotAfter, certificate.NotAfter);
        int mark = writer.StartObject(hash);
        writer.UpperHex(fields.Md5, certificate.Md5.Span);
        writer.UpperHex(fields.Sha1, certificate.Sha1.Span);
        writer.UpperHex(fields.Sha256, certificate.Sha256.Span);
        writer.EndObject(hash, mark);
    }

    private void RenderObject(ref EventWriter writer, CertificateFacts certificate, CertificateFields fields)
    {
        if (!certificate.Anomalies.HasFlag(CertificateAnomalies.Unreadable))
        {
            writer.Number(fields.Version, certificate.Version);
            WriteSerialNumber(ref writer, certificate.SerialNumber.Span, fields.SerialNumber);
            writer.Text(fields.SignatureAlgorithm, certificate.SignatureAlgorithm);
            writer.Text(fields.PublicKeyAlgorithm, certificate.PublicKeyAlgorithm);
            writer.Number(fields.PublicKeySize, certificate.PublicKeySize);
            writer.Text(fields.PublicKeyCurve, certificate.PublicKeyCurve);
            writer.Number(fields.PublicKeyExponent, certificate.PublicKeyExponent);
            writer.Date(fields.NotBefore, certificate.NotBefore);
            writer.Date(fields.NotAfter, certificate.NotAfter);
            WriteName(ref writer, EventObjects.Subject, certificate.Subject, fields.Subject);
            WriteName(ref writer, EventObjects.Issuer, certificate.Issuer, fields.Issuer);
            WriteAlternativeNames(ref writer, certificate.AlternativeNames, fields.AlternativeNames);
        }

        WriteRaw(ref writer, certificate, fields.Raw);
    }

    private static void WriteSerialNumber(ref EventWriter writer, ReadOnlySpan<byte> contents, EventField field)
    {
        if (!writer.Includes(field))
        {
            return;
        }

        if (contents.Length > EventBounds.DecimalSerialBytes)
        {
            contents = contents[..EventBounds.DecimalSerialBytes];
            writer.MarkTruncated(field);
        }

        writer.Text(field, writer.Layout == EventLayout.Ecs ? SerialNumberText.Hexadecimal(contents) : SerialNumberText.Decimal(contents));
    }

    private static void WriteName(ref EventWriter writer, EventObject target, DistinguishedName name, NameFields fields)
    {
        int mark = writer.StartObject(target);
        writer.Text(fields.Country, name.Country);
        writer.Text(fields.Organization, name.Organization);
        writer.Text(fields.OrganizationalUnit, name.OrganizationalUnit);
        writer.Text(fields.Locality, name.Locality);
        writer.Text(fields.PostalCode, name.PostalCode);
        writer.Text(fields.StreetAddress, name.StreetAddress);
        writer.Text(fields.StateOrProvince, name.StateOrProvince);
        writer.Text(fields.CommonName, name.CommonName);
        writer.Text(fields.SerialNumber, name.SerialNumber);
        writer.Text(fields.Text, name.Text);
        writer.EndObject(target, mark);
    }

    private static void WriteAlternativeNames(ref EventWriter writer, IReadOnlyList<string> names, EventField field)
    {
        if (!writer.StartList(field, EventBounds.NameEntries, EventBounds.NameBytes))
        {
            return;
        }

        for (int i = 0; i < names.Count && writer.Entry(names[i]); i++)
        {
        }

        writer.EndList();
    }

    /// <summary>Classic layout only.</summary>
    private void WriteRaw(ref EventWriter writer, CertificateFacts certificate, EventField field)
    {
        if (!writer.Includes(field))
        {
            return;
        }

        if (certificate.Der.Length > EventBounds.RawBytes)
        {
            writer.MarkTruncated(field);
            return;
        }

        writer.Json(field, Pem(certificate));
    }
}
