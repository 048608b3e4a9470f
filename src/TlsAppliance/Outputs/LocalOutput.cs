using TlsAppliance.Commands;
using TlsAppliance.Configuration;
using TlsAppliance.Events.Delivery;
using TlsAppliance.Reports;
using TlsAppliance.Sinks;
using TlsAppliance.Sinks.Files;
using TlsAppliance.Sinks.Streams;

namespace TlsAppliance.Outputs;

/// <summary>Events on this machine: in a file, on the standard output, or nowhere.</summary>
internal sealed class LocalOutput : IDisposable
{
    private readonly NdjsonFileSink? _file;

    private LocalOutput(IEventSink sink, string? written = null)
    {
        Sink = sink;
        Written = written;
        _file = sink as NdjsonFileSink;
    }

    /// <summary>Where events are written.</summary>
    public IEventSink Sink { get; }

    /// <summary>The file, or the pattern of its parts; null where there is none.</summary>
    public string? Written { get; }

    /// <param name="kind">Anything but <see cref="OutputKind.Elasticsearch"/>.</param>
    /// <param name="options">Where files are, and when they are changed.</param>
    /// <param name="time">Names the file.</param>
    public static LocalOutput Open(OutputKind kind, FileOutputOptions options, TimeProvider time)
    {
        switch (kind)
        {
            case OutputKind.Stdout:
                return new LocalOutput(new StandardOutputSink(StandardOutput.OpenBytes()));
            case OutputKind.None:
                return new LocalOutput(new NullSink());
            default:
                var file = new NdjsonFileSink(options.ToSink(EventFileNames.ForRun(options, time.GetUtcNow())));
                return new LocalOutput(file, options.Rotates ? Path.ChangeExtension(file.Path, null) + "*.ndjson" : file.Path);
        }
    }

    /// <summary>Lets go of a file that was moved away.</summary>
    public void Reopen() => _file?.Reopen();

    public void Dispose() => (Sink as IDisposable)?.Dispose();
}
