namespace TlsAppliance.Capture.Files;

/// <summary>
/// Standard input, a pipe or a device: opening and reading it may wait for as long as somebody else likes. The wait can be ended; what is being read then is lost,
/// and the thread that waits for it goes down with the process.
/// </summary>
internal sealed class WaitingStream(Func<Stream> open, CancellationToken cancellation) : ReadOnlyStream
{
    /// <summary>What a pipe holds at most by default (pipe(7)).</summary>
    private const int BufferSize = 64 << 10;

    /// <summary>Ours alone: a read that nobody waits for any more must not write into a block that is in use again.</summary>
    private readonly byte[] _buffer = new byte[BufferSize];

    private Stream? _stream;
    private int _start;
    private int _end;

    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            Fill();
        }

        int read = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }

    private void Fill()
    {
        cancellation.ThrowIfCancellationRequested();
        Task<int> reading = Task.Run(() => (_stream ??= open()).Read(_buffer), CancellationToken.None);
        (_start, _end) = (0, reading.WaitAsync(cancellation).GetAwaiter().GetResult());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !cancellation.IsCancellationRequested)
        {
            _stream?.Dispose();
        }

        base.Dispose(disposing);
    }
}
