namespace TlsAppliance.Doctor;

/// <summary>A name from outside as one word of a shell command that a person will paste.</summary>
internal static class ShellWord
{
    public static string Of(string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '/' or '@' or ':')
            ? name
            : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
