using TlsAppliance.Events.Fields;
using TlsAppliance.Events.Places;

namespace TlsAppliance.Events.Rendering;

/// <summary><c>geo</c> and <c>as</c> of one endpoint.</summary>
internal static class PlaceObject
{
    internal static void Write(ref EventWriter writer, PlaceObjects objects, PlaceFields fields, AddressPlace place)
    {
        int mark = writer.StartObject(objects.Geo);
        writer.Text(fields.ContinentCode, place.ContinentCode);
        writer.Text(fields.ContinentName, place.ContinentName);
        writer.Text(fields.CountryCode, place.CountryCode);
        writer.Text(fields.CountryName, place.CountryName);
        writer.Text(fields.RegionCode, place.RegionCode);
        writer.Text(fields.RegionName, place.RegionName);
        writer.Text(fields.City, place.City);
        writer.Text(fields.PostalCode, place.PostalCode);
        writer.Text(fields.TimeZone, place.TimeZone);
        if (!place.LocationJson.IsEmpty)
        {
            writer.Json(fields.Location, place.LocationJson);
        }

        writer.EndObject(objects.Geo, mark);
        mark = writer.StartObject(objects.System);
        writer.Number(fields.AutonomousSystem, place.AutonomousSystem);
        int organization = writer.StartObject(objects.Organization);
        writer.Text(fields.Organization, place.Organization);
        writer.EndObject(objects.Organization, organization);
        writer.EndObject(objects.System, mark);
    }
}
