namespace TlsAppliance.Events.Fields;

/// <summary>The objects that <see cref="PlaceFields"/> stand in.</summary>
internal sealed record PlaceObjects(EventObject Geo, EventObject System, EventObject Organization);
