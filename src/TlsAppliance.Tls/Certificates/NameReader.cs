namespace TlsAppliance.Tls.Certificates;

/// <summary>Reads a Name (RFC 5280 §4.1.2.4): a sequence of sets of attributes.</summary>
internal static class NameReader
{
    private static readonly OidTable<AttributeKind> Kinds = new(
    [
        ("2.5.4.3", AttributeKind.CommonName),
        ("2.5.4.5", AttributeKind.SerialNumber),
        ("2.5.4.6", AttributeKind.Country),
        ("2.5.4.7", AttributeKind.Locality),
        ("2.5.4.8", AttributeKind.StateOrProvince),
        ("2.5.4.9", AttributeKind.StreetAddress),
        ("2.5.4.10", AttributeKind.Organization),
        ("2.5.4.11", AttributeKind.OrganizationalUnit),
        ("2.5.4.17", AttributeKind.PostalCode),
    ]);

    /// <summary>The next element of the signed part as a name. What could not be read of it is left out and <paramref name="field"/> is set.</summary>
    internal static DistinguishedName Read(ref DerReader certificate, CertificateAnomalies field, ref CertificateAnomalies anomalies)
    {
        if (!certificate.TryEnter(DerTag.Sequence, out DerReader sets))
        {
            anomalies |= field;
            return DistinguishedName.Empty;
        }

        var attributes = new List<NameAttribute>();
        int room = CertificateBounds.MaxNameBytes;
        while (!sets.IsEmpty && room > 0)
        {
            if (sets.TryEnter(DerTag.Set, out DerReader set))
            {
                ReadSet(ref set, attributes, ref room, field, ref anomalies);
            }
            else
            {
                anomalies |= field;
            }
        }

        return attributes.Count == 0 ? DistinguishedName.Empty : ToName(attributes);
    }

    private static void ReadSet(
        ref DerReader set, List<NameAttribute> attributes, ref int room, CertificateAnomalies field, ref CertificateAnomalies anomalies)
    {
        while (!set.IsEmpty)
        {
            if (!set.TryEnter(DerTag.Sequence, out DerReader pair) ||
                !pair.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> oid) ||
                !pair.TryRead(out DerElement value))
            {
                anomalies |= field;
                continue;
            }

            room -= OidText.MaxOctets + Math.Min(value.Contents.Length, CertificateBounds.MaxTextBytes);
            if (room < 0 || attributes.Count == CertificateBounds.MaxAttributes)
            {
                anomalies |= CertificateAnomalies.Truncated;
                room = 0;
                return;
            }

            attributes.Add(ReadAttribute(oid, value, field, ref anomalies));
        }
    }

    private static NameAttribute ReadAttribute(
        ReadOnlySpan<byte> oid, in DerElement value, CertificateAnomalies field, ref CertificateAnomalies anomalies)
    {
        bool isText = DirectoryText.TryDecode(value.Tag, value.Contents, field, ref anomalies, out string text);
        if (isText && Kinds.TryGet(oid, out AttributeKind kind))
        {
            return new NameAttribute(kind, text);
        }

        string type = OidText.Of(oid);
        return new NameAttribute(AttributeKind.Other, isText ? NameText.Unnamed(type, text) : NameText.Unnamed(type, Cut(value, ref anomalies)));
    }

    private static ReadOnlySpan<byte> Cut(in DerElement value, ref CertificateAnomalies anomalies)
    {
        if (value.Encoded.Length <= CertificateBounds.MaxTextBytes)
        {
            return value.Encoded;
        }

        anomalies |= CertificateAnomalies.Truncated;
        return value.Encoded[..CertificateBounds.MaxTextBytes];
    }

    private static DistinguishedName ToName(List<NameAttribute> attributes) => new()
    {
        Country = Join(attributes, AttributeKind.Country),
        Organization = Join(attributes, AttributeKind.Organization),
        OrganizationalUnit = Join(attributes, AttributeKind.OrganizationalUnit),
        Locality = Join(attributes, AttributeKind.Locality),
        PostalCode = Join(attributes, AttributeKind.PostalCode),
        StreetAddress = Join(attributes, AttributeKind.StreetAddress),
        StateOrProvince = Join(attributes, AttributeKind.StateOrProvince),
        CommonName = Last(attributes, AttributeKind.CommonName),
        SerialNumber = Last(attributes, AttributeKind.SerialNumber),
        Text = NameText.Of(attributes),
    };

    /// <summary>All values of one kind, joined by a space; null when there is none or nothing in it.</summary>
    private static string? Join(List<NameAttribute> attributes, AttributeKind kind)
    {
        string? first = null;
        List<string>? all = null;
        foreach (NameAttribute attribute in attributes)
        {
            if (attribute.Kind != kind)
            {
                continue;
            }

            if (first is null)
            {
                first = attribute.Value;
            }
            else
            {
                (all ??= [first]).Add(attribute.Value);
            }
        }

        return NullWhenEmpty(all is null ? first : string.Join(' ', all));
    }

    private static string? Last(List<NameAttribute> attributes, AttributeKind kind)
    {
        int index = attributes.FindLastIndex(attribute => attribute.Kind == kind);
        return index < 0 ? null : NullWhenEmpty(attributes[index].Value);
    }

    private static string? NullWhenEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
