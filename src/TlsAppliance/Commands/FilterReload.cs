using TlsAppliance.Capture.Live;
using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>What a HUP does to the kernel's filters: those of the configuration, and of the files that it names, take the place of those in force.</summary>
/// <param name="captures">What is captured.</param>
/// <param name="ports">The list of ports that the engine has, from which a filter is made where there is none.</param>
/// <param name="tell">Takes one line about what was done.</param>
internal sealed class FilterReload(IReadOnlyList<LiveCapture> captures, IReadOnlyList<ushort> ports, Action<string> tell)
{
    /// <summary>Reads and checks everything; nothing changes before the result is called.</summary>
    /// <exception cref="LiveCaptureException">A filter is none, or its file cannot be read.</exception>
    public Action Prepare(ApplianceOptions options)
    {
        Dictionary<string, string> wanted;
        try
        {
            wanted = LiveInterfaces.Resolve(options, ports).ToDictionary(capture => capture.Interface, capture => capture.Filter, StringComparer.Ordinal);
        }
        catch (LiveCaptureException failure) when (failure.Failure == LiveCaptureFailure.NoSuchInterface)
        {
            // One that is away for a while is no reason to refuse everything else.
            return () => tell($"reload: filters stay: {failure.Message}");
        }

        return () =>
        {
            foreach (LiveCapture capture in captures)
            {
                if (wanted.TryGetValue(capture.Options.Interface, out string? filter) && filter != capture.Options.Filter)
                {
                    Change(capture, filter);
                }
            }
        };
    }

    private void Change(LiveCapture capture, string filter)
    {
        try
        {
            capture.ChangeFilter(filter);
            tell($"reload: {capture.Options.Interface} has another filter: {(filter.Length == 0 ? "none" : filter)}");
        }
        catch (LiveCaptureException failure)
        {
            tell($"reload: {capture.Options.Interface} keeps its filter: {failure.Message}");
        }
    }
}
