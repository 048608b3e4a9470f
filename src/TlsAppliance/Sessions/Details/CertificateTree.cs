using System.Globalization;
using TlsAppliance.Sessions.Query;

namespace TlsAppliance.Sessions.Details;

/// <summary>The certificates of one side from the first to the last, each below the one it signs; where the order is broken, that is told.</summary>
internal sealed class CertificateTree(EventDocument document, string side, DateTimeOffset time)
{
    private const int DaysThatAreShort = 30;
    private const int ShownNames = 20;

    /// <summary>First certificate and chain, in either layout.</summary>
    public static IReadOnlyList<EventDocument> Certificates(EventDocument document, string side) =>
    [
        .. document.Values([$"tls.{side}.x509", $"tls.{side}_certificate"]).Select(value => new EventDocument(value)),
        .. document.Values([$"tls.detailed.{side}_certificate_chain", $"tls.{side}_certificate_chain"]).Select(value => new EventDocument(value)),
    ];

    public void Write(TextBlock text)
    {
        IReadOnlyList<EventDocument> certificates = Certificates(document, side);
        if (certificates.Count == 0)
        {
            return;
        }

        text.Heading($"Certificates of the {side}");
        for (int index = 0; index < certificates.Count; index++)
        {
            EventDocument certificate = certificates[index];
            string lead = index == 0 ? "  " : "  " + new string(' ', (index - 1) * 3) + "└─ ";
            string below = new(' ', lead.Length);
            string note = index > 0 && Name(certificate, "subject") != Name(certificates[index - 1], "issuer") ? " (does not name the issuer of the one before)" : "";
            text.Wrapped(lead, Name(certificate, "subject") + (IsSelfSigned(certificate) ? " (self-signed)" : "") + note);
            text.Wrapped(below, Key(certificate));
            text.Wrapped(below, Validity(certificate));
            if (index == 0)
            {
                WriteFirst(text, certificate, below);
            }

            if (index == certificates.Count - 1 && !IsSelfSigned(certificate))
            {
                text.Wrapped("  " + new string(' ', index * 3) + "└─ ", $"{Name(certificate, "issuer")} (not sent)");
            }
        }
    }

    private void WriteFirst(TextBlock text, EventDocument certificate, string below)
    {
        string[] names = [.. certificate.Values(["alternative_names"]).Select(EventDocument.Text)];
        Optional(text, below, "names ", string.Join(", ", names.Take(ShownNames)) + (names.Length > ShownNames ? $" and {names.Length - ShownNames} more" : ""));
        Optional(text, below, "serial ", certificate.Text(["serial_number"]));
        Optional(text, below, "sha256 ", document.Text([$"tls.{side}.hash.sha256"]));
        Optional(text, below, "sha1 ", document.Text([$"tls.{side}.hash.sha1"]));
        Optional(text, below, "odd ", document.Text([$"tls_appliance.{side}.certificate_anomalies"]));
    }

    private static void Optional(TextBlock text, string below, string label, string value)
    {
        if (value.Length > 0)
        {
            text.Wrapped(below + label, value);
        }
    }

    private static string Key(EventDocument certificate) => string.Join(
        ", ",
        new[]
        {
            string.Join(" ", new[] { certificate.Text(["public_key_algorithm"]), certificate.Text(["public_key_curve"]), certificate.Text(["public_key_size"]) }.Where(part => part.Length > 0)),
            certificate.Text(["signature_algorithm"]) is { Length: > 0 } signature ? "signed " + signature : "",
        }.Where(part => part.Length > 0));

    private string Validity(EventDocument certificate)
    {
        if (!DateText.TryParse(certificate.Text(["not_before"]), out DateTimeOffset from) || !DateText.TryParse(certificate.Text(["not_after"]), out DateTimeOffset until))
        {
            return "validity unknown";
        }

        int days = (int)Math.Floor((until - time).TotalDays);
        string state = time < from ? "not yet valid at the time of the session"
            : time > until ? string.Create(CultureInfo.InvariantCulture, $"EXPIRED {-days} day{(days == -1 ? "" : "s")} before the session")
            : string.Create(CultureInfo.InvariantCulture, $"{days:N0} day{(days == 1 ? "" : "s")} left{(days < DaysThatAreShort ? ", soon to expire" : "")}");
        return string.Create(CultureInfo.InvariantCulture, $"valid {from:yyyy-MM-dd} to {until:yyyy-MM-dd}, {state}");
    }

    private static bool IsSelfSigned(EventDocument certificate) => Name(certificate, "subject") == Name(certificate, "issuer");

    /// <summary>The distinguished name, or what the classic layout has of it.</summary>
    private static string Name(EventDocument certificate, string who)
    {
        string full = certificate.Text([$"{who}.distinguished_name"]);
        if (full.Length > 0)
        {
            return full;
        }

        (string Short, string Long)[] parts =
            [("CN", "common_name"), ("OU", "organizational_unit"), ("O", "organization"), ("L", "locality"), ("ST", "province"), ("C", "country")];
        string name = string.Join(",", parts
            .Select(part => (part.Short, Text: certificate.Text([$"{who}.{part.Long}"])))
            .Where(part => part.Text.Length > 0)
            .Select(part => $"{part.Short}={part.Text}"));
        return name.Length > 0 ? name : "(no name)";
    }
}
