using TlsAppliance.Capture.Live;
using TlsAppliance.Configuration;

namespace TlsAppliance.Commands;

/// <summary>Which interfaces a command is about that looks at them.</summary>
internal static class ChosenDevices
{
    /// <param name="named">Those of the command line; none: as configured.</param>
    /// <param name="options">The configuration in force.</param>
    /// <returns>Names; none when the configuration names an interface that is not there.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> named, ApplianceOptions options)
    {
        if (named.Count > 0)
        {
            return [.. named.Distinct()];
        }

        try
        {
            return [.. LiveInterfaces.Resolve(options).Select(capture => capture.Interface).Distinct()];
        }
        catch (LiveCaptureException failure)
        {
            Diagnostics.Warning(failure.Message);
            return [];
        }
    }
}
