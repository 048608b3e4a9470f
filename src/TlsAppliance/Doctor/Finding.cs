namespace TlsAppliance.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Text">What was found, with its figures, in one line.</param>
/// <param name="Command">The one command that mends it; null when nothing needs mending or no command can.</param>
internal sealed record Finding(Verdict Verdict, string Text, string? Command = null)
{
    /// <summary>Name of the check, stable for scripts.</summary>
    public string Check { get; init; } = "";

    /// <summary>Interface that it is about; null when it is about the box.</summary>
    public string? Device { get; init; }

    public static Finding Ok(string text) => new(Verdict.Ok, text);

    public static Finding Warning(string text, string? command = null) => new(Verdict.Warning, text, command);

    public static Finding Problem(string text, string? command = null) => new(Verdict.Problem, text, command);
}
