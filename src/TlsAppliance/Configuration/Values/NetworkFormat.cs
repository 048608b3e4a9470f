using System.Net;

namespace TlsAppliance.Configuration.Values;

/// <summary>A network in CIDR form, or one of Packetbeat's names for a kind of network.</summary>
internal sealed class NetworkFormat : ScalarFormat<string>
{
    private static readonly string[] s_names =
    [
        "loopback", "global_unicast", "unicast", "link_local_unicast", "interface_local_multicast", "link_local_multicast", "multicast",
        "unspecified", "private", "public",
    ];

    public override string TypeName => "network";

    public override string Expected => $"a network such as 10.0.0.0/8 or fd00::/8, or one of {string.Join(", ", s_names)}";

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return s_names.Contains(text, StringComparer.Ordinal) || IsNetwork(text);
    }

    /// <summary>Host bits may be set (<c>10.1.2.3/8</c>), as in Packetbeat; so the address and the prefix length are judged apart.</summary>
    private static bool IsNetwork(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 &&
            IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address) &&
            byte.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out byte bits) &&
            bits <= address.GetAddressBytes().Length * 8;
    }

    public override string Write(string value) => value.Contains(':', StringComparison.Ordinal) ? $"\"{value}\"" : value;
}
