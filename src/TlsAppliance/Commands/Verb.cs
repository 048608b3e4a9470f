using System.CommandLine;

namespace TlsAppliance.Commands;

/// <summary>A command of the program whose help ends with examples that can be tried as they stand.</summary>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
