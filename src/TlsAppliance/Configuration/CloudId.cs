using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TlsAppliance.Configuration;

/// <summary>Elastic Cloud's <c>cloud.id</c>: a label and, in base64, <c>host[:port]$elasticsearch[:port]$kibana[:port]</c>.</summary>
/// <param name="Elasticsearch">Address of Elasticsearch: <c>https://id.host:443</c>.</param>
/// <param name="Kibana">Address of Kibana; null when the id names none.</param>
internal sealed record CloudId(string Elasticsearch, string? Kibana)
{
    private const string DefaultPort = "443";

    public const string Expected = "an id as Elastic Cloud shows it, such as \"name:ZXhhbXBsZS5jb20kYWJjJGRlZg==\"";

    public static bool TryParse(string text, [NotNullWhen(true)] out CloudId? id)
    {
        id = null;
        byte[] decoded = new byte[text.Length];
        string encoded = text[(text.LastIndexOf(':') + 1)..].Trim();
        if (!Convert.TryFromBase64String(encoded, decoded, out int length))
        {
            return false;
        }

        string[] parts = Encoding.UTF8.GetString(decoded, 0, length).Split('$');
        if (parts.Length < 2 || !IsHost(parts[0]) || !IsHost(parts[1]) || (parts.Length > 2 && parts[2].Length > 0 && !IsHost(parts[2])))
        {
            return false;
        }

        (string host, string port) = Split(parts[0], DefaultPort);
        id = new CloudId(Address(parts[1], host, port), parts.Length > 2 && parts[2].Length > 0 ? Address(parts[2], host, port) : null);
        return true;
    }

    private static string Address(string part, string host, string hostPort)
    {
        (string name, string port) = Split(part, hostPort);
        return $"https://{name}.{host}:{port}";
    }

    private static (string Name, string Port) Split(string part, string port)
    {
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (part, port) : (part[..colon], part[(colon + 1)..]);
    }

    private static bool IsHost(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or ':' or '_');
}
