namespace TlsAppliance.Configuration.Values;

/// <summary>Elastic Cloud's id; empty: none.</summary>
internal sealed class CloudIdFormat() : TextFormat(4096)
{
    public override string TypeName => "cloud id";

    public override string Expected => CloudId.Expected;

    public override bool TryParse(string text, out string value) => base.TryParse(text, out value) && (text.Length == 0 || CloudId.TryParse(text, out _));
}
