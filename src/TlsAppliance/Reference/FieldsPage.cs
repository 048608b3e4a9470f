using System.Text;
using TlsAppliance.Events;
using TlsAppliance.Events.Fields;

namespace TlsAppliance.Reference;

/// <summary>Every field of an event, in both layouts, as a page of Markdown.</summary>
internal static class FieldsPage
{
    private const string Head =
        """
        # Fields of an event

        Every field that an event may hold. This page is written by `tls-appliance export fields` from the field table that also writes the events, the index
        templates and their aliases; a test holds it. What we do otherwise than Packetbeat: [README.md](README.md).

        The layout `classic` (the default) has the left path, `ecs` the right one; where only one is given, both have the same. *-*: that layout does not have it.
        Type: how Elasticsearch maps it. From: Packetbeat of the layout's generation (P), today's Packetbeat but ours in `classic` (p), ours in both (+).

        """;

    private static readonly (FieldConditions Condition, string Option)[] s_options =
    [
        (FieldConditions.Detailed, "`include_detailed_fields`"),
        (FieldConditions.Certificates, "`send_certificates`"),
        (FieldConditions.RawCertificates, "`include_raw_certificates`"),
        (FieldConditions.Md5, "`fingerprints` with md5"),
        (FieldConditions.Sha1, "`fingerprints` with sha1"),
        (FieldConditions.Sha256, "`fingerprints` with sha256"),
    ];

    public static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (IGrouping<string, EventField> group in EventFields.All.GroupBy(Section))
        {
            page.Append("\n## ").Append(group.Key).Append("\n\n| classic | ecs | type | from | there when | meaning |\n| --- | --- | --- | --- | --- | --- |\n");
            foreach (EventField field in group)
            {
                Row(page, field);
            }
        }

        return page.ToString();
    }

    private static void Row(StringBuilder page, EventField field)
    {
        string ecs = field.Ecs == field.Classic ? "" : Code(field.Ecs);
        string from = field.Origin switch
        {
            FieldOrigin.Packetbeat => "P",
            FieldOrigin.AddedToClassic => "p",
            _ => "+",
        };
        string options = string.Join(", ", s_options.Where(option => field.Conditions.HasFlag(option.Condition)).Select(option => option.Option));
        page.Append("| ").Append(Code(field.Classic)).Append(" | ").Append(ecs).Append(" | ").Append(field.Type.ToString().ToLowerInvariant()).Append(" | ").Append(from)
            .Append(" | ").Append(field.Presence).Append(options.Length == 0 ? "" : "; " + options).Append(" | ").Append(field.Meaning).Append(" |\n");
    }

    /// <summary>The first object of the path; what stands at the top is a group of its own.</summary>
    private static string Section(EventField field)
    {
        string path = field.Path(EventLayout.Ecs) ?? field.Path(EventLayout.Classic)!;
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? "At the top" : path[..dot];
    }

    private static string Code(string? path) => path is null ? "-" : $"`{path}`";
}
