using System.Globalization;

namespace TlsAppliance.Sinks;

/// <summary>Another process of the same role has the data directory. The message is one line for the operator; the host exits with 73.</summary>
public sealed class DataDirectoryInUseException : IOException
{
    internal DataDirectoryInUseException(string path, int? owner)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"{path} is in use by {(owner is null ? "another process" : $"process {owner}")}: stop that one first, or give this one another path.data")) =>
        (Path, Owner) = (path, owner);

    public string Path { get; }

    /// <summary>The process id of the one who has it, as far as it is known.</summary>
    public int? Owner { get; }
}
