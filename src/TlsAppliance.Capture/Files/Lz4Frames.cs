using K4os.Compression.LZ4.Streams;

namespace TlsAppliance.Capture.Files;

/// <summary>LZ4 frames one after the other as one content, as <c>cat</c> makes them; the library's stream ends after the first.</summary>
internal sealed class Lz4Frames(StoredBytes stored) : ReadOnlyStream
{
    private LZ4DecoderStream _frame = Open(stored);

    /// <summary>Interactive: hands over what is there and does not wait until the buffer is full.</summary>
    private static LZ4DecoderStream Open(StoredBytes stored) => LZ4Stream.Decode(stored, leaveOpen: true, interactive: true);

    public override int Read(Span<byte> buffer)
    {
        int read;
        while ((read = _frame.Read(buffer)) == 0 && !stored.Peek().IsEmpty)
        {
            if (Compressions.Recognise(stored.Peek()) != Compression.Lz4)
            {
                throw new InvalidDataException("No LZ4 frame follows.");
            }

            _frame.Dispose();
            _frame = Open(stored);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _frame.Dispose();
            stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
