using TlsAppliance.Sinks;

namespace TlsAppliance.Commands;

/// <summary>What an output that takes no more means for the process.</summary>
internal static class OutputFailures
{
    /// <summary>Runs the work; a reader that left ends it quietly, anything else is told in one line.</summary>
    public static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (OutputException gone) when (gone.ReaderIsGone)
        {
            return ExitCode.Done;
        }
        catch (OutputException failure)
        {
            Diagnostics.Error(failure.Message);
            return ExitCode.Failed;
        }
    }
}
