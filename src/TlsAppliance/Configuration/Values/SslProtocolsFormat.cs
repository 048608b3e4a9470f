using System.Security.Authentication;

namespace TlsAppliance.Configuration.Values;

/// <summary>A list of TLS versions as Beats writes them; empty: the system decides.</summary>
internal sealed class SslProtocolsFormat : ValueFormat<SslProtocols>
{
    private static readonly (string Name, SslProtocols Value)[] s_versions = 
    [
        ("TLSv1.2", SslProtocols.Tls12), ("TLSv1.3", SslProtocols.Tls13),

        // Taken, because Packetbeat's own file names them, and not offered: no Elasticsearch needs them.
        ("TLSv1", SslProtocols.None), ("TLSv1.0", SslProtocols.None), ("TLSv1.1", SslProtocols.None),
    ];

    public override string TypeName => "list of enum";

    public override string Expected => "a list of TLSv1.2 and TLSv1.3 (older ones are taken and not offered)";

    public override bool TryRead(ConfigurationNode node, out SslProtocols value, out ConfigurationNode wrong)
    {
        value = SslProtocols.None;
        wrong = node;
        foreach (ConfigurationNode item in node is ConfigurationNode.Sequence list ? list.Items : [node])
        {
            wrong = item;
            (string Name, SslProtocols Value) version = item is ConfigurationNode.Text text
                ? s_versions.FirstOrDefault(version => version.Name.Equals(text.Value.Trim(), StringComparison.OrdinalIgnoreCase))
                : default;
            if (version.Name is null)
            {
                return false;
            }

            value |= version.Value;
        }

        return true;
    }

    public override string Write(SslProtocols value) => $"[{string.Join(", ", s_versions.Where(version => version.Value != SslProtocols.None && value.HasFlag(version.Value)).Select(version => version.Name))}]";
}
