namespace TlsAppliance.Commands;

/// <summary>Outputs by the names that Packetbeat's configuration and statistics have for them.</summary>
internal static class OutputKindNames
{
    public static string ToName(this OutputKind output) => output switch
    {
        OutputKind.Elasticsearch => "elasticsearch",
        OutputKind.Stdout => "console",
        OutputKind.None => "none",
        _ => "file",
    };
}
