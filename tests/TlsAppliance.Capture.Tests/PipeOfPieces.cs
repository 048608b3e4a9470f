namespace TlsAppliance.Capture.Tests;

/// <summary>A pipe that never hands over more than so many bytes at once.</summary>
internal sealed class PipeOfPieces(byte[] content, int piece) : MemoryStream(content)
{
    public override bool CanSeek => false;

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
}
