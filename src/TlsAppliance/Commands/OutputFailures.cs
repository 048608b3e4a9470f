using TlsAppliance.Sinks;
using TlsAppliance.Sinks.Elasticsearch.Client;
using TlsAppliance.Sinks.Queues;
using TlsAppliance.Telemetry;

namespace TlsAppliance.Commands;

/// <summary>What an output that takes no more, or a port that is taken, means for the process.</summary>
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
        catch (DataDirectoryInUseException inUse)
        {
            Diagnostics.Error(inUse.Message);
            return ExitCode.InUse;
        }
        catch (Exception failure) when (failure is OutputException or ListenException)
        {
            Diagnostics.Error(failure.Message);
            return ExitCode.Failed;
        }
        catch (Exception failure) when (failure is ElasticsearchOptionsException or QueueFormatException or ElasticsearchException { Failure: ElasticsearchFailure.Conflict })
        {
            Diagnostics.Error(failure.Message);
            return ExitCode.BadConfiguration;
        }
    }
}
