namespace TlsAppliance.Events.Fields;

/// <summary>
/// Which fields an event shows, settled once at start from layout, options and the processors <c>drop_fields</c> and <c>include_fields</c>. Asking
/// costs one look into a table whether or not anything was dropped.
/// </summary>
public sealed class FieldSelection
{
    private readonly FieldSet _included;

    /// <summary>By the field's index; empty for a field that is not shown.</summary>
    private readonly byte[][] _names;

    private FieldSelection(EventLayout layout, FieldSet included)
    {
        Layout = layout;
        _included = included;
        _names = [.. EventFields.All.Select(field => included.Contains(field) ? field.EncodedName(layout) : [])];
    }

    public EventLayout Layout { get; }

    /// <summary>All fields that layout and options allow.</summary>
    public static FieldSelection From(EventOptions options)
    {
        FieldConditions met = Met(options);
        FieldSet included = new();
        foreach (EventField field in EventFields.All)
        {
            if (field.Path(options.Layout) is not null && (field.Conditions & ~met) == 0)
            {
                included.Add(field);
            }
        }

        return new FieldSelection(options.Layout, included);
    }

    public bool Includes(EventField field) => _names[field.Index].Length > 0;

    /// <summary>The field's name in the layout, encoded as <see cref="EventField.EncodedName"/> says; empty for a field that is not shown.</summary>
    internal ReadOnlySpan<byte> EncodedName(EventField field) => _names[field.Index];

    /// <summary>Leaves out what stands at one of these dotted paths (of the layout), below it, or above it as a single value.</summary>
    public FieldSelection Without(IEnumerable<string> paths) => Where(field => !paths.Any(path => Overlap(path, field.Path(Layout)!)));

    /// <summary>Keeps only what stands at or below one of these dotted paths (of the layout).</summary>
    public FieldSelection Only(IEnumerable<string> paths) => Where(field => paths.Any(path => Covers(path, field.Path(Layout)!)));

    private FieldSelection Where(Func<EventField, bool> keep)
    {
        FieldSet included = _included.Copy();
        foreach (EventField field in EventFields.All)
        {
            if (included.Contains(field) && !keep(field))
            {
                included.Remove(field);
            }
        }

        return new FieldSelection(Layout, included);
    }

    private static bool Overlap(string left, string right) => Covers(left, right) || Covers(right, left);

    private static bool Covers(string path, string other) =>
        other.StartsWith(path, StringComparison.Ordinal) && (other.Length == path.Length || other[path.Length] == '.');

    private static FieldConditions Met(EventOptions options) =>
        (options.IncludeDetailedFields ? FieldConditions.Detailed : 0)
        | (options.SendCertificates ? FieldConditions.Certificates : 0)
        | (options.IncludeRawCertificates ? FieldConditions.RawCertificates : 0)
        | (options.Fingerprints.HasFlag(CertificateFingerprints.Md5) ? FieldConditions.Md5 : 0)
        | (options.Fingerprints.HasFlag(CertificateFingerprints.Sha1) ? FieldConditions.Sha1 : 0)
        | (options.Fingerprints.HasFlag(CertificateFingerprints.Sha256) ? FieldConditions.Sha256 : 0)
        | (options.Places is not null ? FieldConditions.Places : 0);
}
