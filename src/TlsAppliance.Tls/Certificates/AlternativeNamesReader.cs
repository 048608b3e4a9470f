namespace TlsAppliance.Tls.Certificates;

/// <summary>Reads subjectAltName (RFC 5280 §4.2.1.6): DNS names, then e-mail addresses, then IP addresses, each kind in its own order; nothing else.</summary>
internal static class AlternativeNamesReader
{
    private static readonly byte EmailAddress = DerTag.Implicit(1);
    private static readonly byte DnsName = DerTag.Implicit(2);
    private static readonly byte IpAddress = DerTag.Implicit(7);

    /// <summary>Reads the contents of extnValue.</summary>
    internal static IReadOnlyList<string> Read(ReadOnlySpan<byte> extension, ref CertificateAnomalies anomalies)
    {
        var reader = new DerReader(extension);
        if (!reader.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> names) || names.IsEmpty)
        {
            anomalies |= CertificateAnomalies.AlternativeNames;
            return [];
        }

        var texts = new List<string>();
        int room = CertificateBounds.MaxAlternativeNamesBytes;
        AddAll(DnsName, names, texts, ref room, ref anomalies);
        AddAll(EmailAddress, names, texts, ref room, ref anomalies);
        AddAll(IpAddress, names, texts, ref room, ref anomalies);
        return texts;
    }

    private static void AddAll(byte kind, ReadOnlySpan<byte> names, List<string> texts, ref int room, ref CertificateAnomalies anomalies)
    {
        var reader = new DerReader(names);
        while (!reader.IsEmpty)
        {
            if (!reader.TryRead(out DerElement name))
            {
                anomalies |= CertificateAnomalies.AlternativeNames;
                return;
            }

            if (name.Tag != kind)
            {
                continue;
            }

            room -= Math.Min(name.Contents.Length, CertificateBounds.MaxTextBytes);
            if (room < 0 || texts.Count == CertificateBounds.MaxAlternativeNames)
            {
                anomalies |= CertificateAnomalies.Truncated;
                room = 0;
                return;
            }

            Add(name, texts, ref anomalies);
        }
    }

    private static void Add(in DerElement name, List<string> texts, ref CertificateAnomalies anomalies)
    {
        string? text = name.Tag == IpAddress
            ? IpAddressText.Of(name.Contents)
            : DirectoryText.DecodeAscii(name.Contents, CertificateAnomalies.AlternativeNames, ref anomalies);
        if (text is null)
        {
            anomalies |= CertificateAnomalies.AlternativeNames;
            return;
        }

        texts.Add(text);
    }
}
