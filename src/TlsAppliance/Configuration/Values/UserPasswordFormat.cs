namespace TlsAppliance.Configuration.Values;

/// <summary><c>user:password</c>; empty: none.</summary>
internal sealed class UserPasswordFormat() : TextFormat(4096)
{
    public override string TypeName => "user:password";

    public override string Expected => "user:password";

    public override bool TryParse(string text, out string value) =>
        base.TryParse(text, out value) && (text.Length == 0 || text.IndexOf(':', StringComparison.Ordinal) > 0);
}
