namespace TlsAppliance.Configuration;

/// <summary>A source of configuration that cannot be read at all; carries the one problem to show.</summary>
internal sealed class ConfigurationException(ConfigurationProblem problem) : Exception(problem.ToString())
{
    public ConfigurationProblem Problem { get; } = problem;
}
