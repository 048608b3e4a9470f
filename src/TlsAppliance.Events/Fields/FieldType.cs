namespace TlsAppliance.Events.Fields;

/// <summary>How Elasticsearch maps a field.</summary>
public enum FieldType : byte
{
    Keyword = 0,
    Ip,
    Date,
    Long,
    Boolean,
    GeoPoint,
}
