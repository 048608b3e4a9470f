namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>In the place of a segment's file that is gone.</summary>
internal sealed class MissingFile : IQueueFile
{
    public static readonly MissingFile Instance = new();

    public int Read(Span<byte> bytes, long offset) => 0;

    public void Write(ReadOnlySpan<byte> bytes, long offset) => throw new FileNotFoundException();

    public void Truncate(long length) => throw new FileNotFoundException();

    public void Sync()
    {
    }

    public void Dispose()
    {
    }
}
