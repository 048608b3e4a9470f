using TlsAppliance.Sinks;

namespace TlsAppliance.Outputs;

/// <summary>
/// The directories that an output has for itself: that below <c>path.data</c>, and those that the configuration names for the queue or for the dead letters. Each is
/// locked, so that neither two processes nor a live box and a replay with the same configuration meet in one.
/// </summary>
/// <param name="main">Below <c>path.data</c>; stays its owner's.</param>
internal sealed class HeldDirectories(DataDirectory main) : IDisposable
{
    private readonly string _role = Path.GetFileName(main.Path);
    private readonly List<DataDirectory> _others = [];

    /// <param name="path">As the user named it; empty: below <c>path.data</c>.</param>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    /// <exception cref="OutputException">It cannot be made or locked.</exception>
    public DataDirectory At(string path)
    {
        if (path.Length == 0)
        {
            return main;
        }

        string full = Path.GetFullPath(Path.Combine(path, _role));
        if (_others.Prepend(main).FirstOrDefault(held => held.Path == full) is { } held)
        {
            return held;
        }

        _others.Add(DataDirectory.Take(path, _role));
        return _others[^1];
    }

    public void Dispose() => _others.ForEach(held => held.Dispose());
}
