using System.Globalization;

namespace TlsAppliance.Configuration.Values;

/// <summary>A TCP port.</summary>
internal sealed class PortFormat : ScalarFormat<ushort>
{
    public override string TypeName => "port";

    public override string Expected => "a port from 1 to 65535";

    public override bool TryParse(string text, out ushort value) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value != 0;

    public override string Write(ushort value) => value.ToString(CultureInfo.InvariantCulture);
}
