namespace TlsAppliance.Sinks.Tests;

/// <summary>A stream that fails as a device would.</summary>
internal sealed class FullStream(string message, int errno) : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException(message, errno);

    public override void Flush() => throw new IOException(message, errno);
}
