namespace TlsAppliance.Configuration;

/// <summary>One thing that is wrong with the configuration, or worth a warning: one line for the operator.</summary>
/// <param name="Name">The option as it was written, in full; empty when the whole file is meant.</param>
internal sealed record ConfigurationProblem(ConfigurationPlace Place, string Name, string Message)
{
    private const int MaximumName = 120;

    /// <summary><c>file:line:column: name: message</c>, <c>-E name: message</c>.</summary>
    public override string ToString() => Name.Length == 0
        ? $"{Place}: {Message}"
        : $"{Place}{(Place.Line == 0 ? "" : ":")} {Printable.Text(Name, MaximumName)}: {Message}";
}
