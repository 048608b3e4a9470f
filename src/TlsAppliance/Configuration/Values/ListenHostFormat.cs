using System.Net;

namespace TlsAppliance.Configuration.Values;

/// <summary>Where a server listens: no names but one, because a name may change its address.</summary>
internal sealed class ListenHostFormat : TextFormat
{
    public const string Localhost = "localhost";

    public override string TypeName => "host";

    public override string Expected => "localhost or an IP address";

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return text == Localhost || IPAddress.TryParse(text, out _);
    }
}
