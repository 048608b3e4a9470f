using TlsAppliance.Events.Fields;

namespace TlsAppliance.Events.Mappings;

/// <summary>
/// The other layout's names of the fields of a layout, so that queries and dashboards written for either find the events of both. <c>tls.version</c> has
/// none: it is a field of both layouts with other texts in it.
/// </summary>
public static class FieldAliases
{
    /// <summary>In the order of the field table, each path once; no path is that of a field of the layout.</summary>
    public static IReadOnlyList<FieldAlias> Of(EventLayout layout)
    {
        HashSet<string> taken = [.. EventFields.All.Select(field => field.Path(layout)).OfType<string>()];
        return [.. Renamed(layout).Concat(Elsewhere(layout)).Concat(FirstCertificates(layout)).Where(alias => taken.Add(alias.Path))];
    }

    private static IEnumerable<FieldAlias> Renamed(EventLayout layout)
    {
        EventLayout other = layout == EventLayout.Ecs ? EventLayout.Classic : EventLayout.Ecs;
        foreach (EventField field in EventFields.All)
        {
            if (field.Path(layout) is { } target && field.Path(other) is { } path && path != target)
            {
                yield return new FieldAlias(path, target);
            }
        }
    }

    /// <summary>Values of the ECS layout that the classic one has too, but at the place of another row.</summary>
    private static IEnumerable<FieldAlias> Elsewhere(EventLayout layout) => layout == EventLayout.Ecs
        ? []
        :
        [
            // The domain is the first host name of the SNI too, and there without the details of the hello.
            Alias(EventFields.ServerName, EventFields.Destination.Domain!),
            Alias(EventFields.NextProtocol, EventFields.ServerHello.ApplicationProtocols),
            Alias(EventFields.ClientCertificates.NotBefore, EventFields.ClientCertificates.First.NotBefore),
            Alias(EventFields.ClientCertificates.NotAfter, EventFields.ClientCertificates.First.NotAfter),
            Alias(EventFields.ServerCertificates.NotBefore, EventFields.ServerCertificates.First.NotBefore),
            Alias(EventFields.ServerCertificates.NotAfter, EventFields.ServerCertificates.First.NotAfter),
        ];

    private static FieldAlias Alias(EventField ecs, EventField classic) => new(ecs.Ecs!, classic.Classic!);

    /// <summary>
    /// <c>tls.detailed.server_certificate.*</c>, as Packetbeat 7.6 wrote: panels of the dashboard that Packetbeat ships still read it. Under the key names of both layouts.
    /// </summary>
    private static IEnumerable<FieldAlias> FirstCertificates(EventLayout layout)
    {
        foreach (string side in (string[])["client", "server"])
        {
            (string ecs, string classic, string alias) = ($"tls.{side}.x509.", $"tls.{side}_certificate.", $"tls.detailed.{side}_certificate.");
            foreach (EventField field in EventFields.All)
            {
                if (field.Path(layout) is not { } target)
                {
                    continue;
                }

                if (field.Ecs is { } name && name.StartsWith(ecs, StringComparison.Ordinal))
                {
                    yield return new FieldAlias(alias + name[ecs.Length..], target);
                }

                if (field.Classic is { } old && old.StartsWith(classic, StringComparison.Ordinal))
                {
                    yield return new FieldAlias(alias + old[classic.Length..], target);
                }
            }
        }
    }
}
