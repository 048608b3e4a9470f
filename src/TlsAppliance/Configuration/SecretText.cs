namespace TlsAppliance.Configuration;

/// <summary>Keeps secrets out of what is shown.</summary>
internal static class SecretText
{
    /// <summary>Stands for a secret.</summary>
    public const string Mask = "********";

    /// <summary>Last parts of names whose values are secrets, in our options and in those of Beats that we ignore.</summary>
    private static readonly string[] s_names = ["password", "passphrase", "key_passphrase", "api_key", "secret_token", "token", "auth", "service_token"];

    public static bool IsSecretName(string name) =>
        s_names.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparer.Ordinal) || name.Contains(".headers.", StringComparison.Ordinal);

    /// <summary>The text with the user and password of an address masked: <c>https://********@host</c>.</summary>
    public static string Shown(string text)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        int user = scheme < 0 ? -1 : scheme + 3;
        int end = user < 0 ? -1 : text.AsSpan(user).IndexOfAny('/', '?', '#');
        string authority = user < 0 ? "" : end < 0 ? text[user..] : text.Substring(user, end);
        int at = authority.LastIndexOf('@');
        return at < 0 ? text : string.Concat(text.AsSpan(0, user), Mask, text.AsSpan(user + at));
    }
}
