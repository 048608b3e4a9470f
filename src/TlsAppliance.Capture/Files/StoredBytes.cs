using TlsAppliance.Capture.Inputs;

namespace TlsAppliance.Capture.Files;

/// <summary>
/// The bytes of an input as they are stored: counts them, and lets the next ones be looked at before they are read, which a pipe cannot do.
/// A seekable file is read with positioned reads straight into the caller's buffer (a <see cref="FileStream"/> without buffer does just that).
/// </summary>
internal sealed class StoredBytes(Stream stream) : ReadOnlyStream
{
    /// <summary>What <see cref="Peek"/> shows: the length of every magic there is.</summary>
    private const int PeekLength = 4;

    private readonly byte[] _peeked = new byte[PeekLength];
    private int _peekedLength;
    private int _peekedRead;
    private long _position;

    /// <summary>Opens a file; what may wait for another process is opened when it is read, and its waits end when cancelled. Throws what the file system throws.</summary>
    public static Stream Open(CaptureInput input, CancellationToken cancellation) => input.CanBeReadAgain
        ? Open(input.Path)
        : new WaitingStream(() => Open(input.Path), cancellation);

    /// <summary>Opens a file, pipe or device, or standard input. Throws what the file system throws.</summary>
    public static Stream Open(string path) =>
        path == CaptureInput.StandardInputPath ? Console.OpenStandardInput() : new FileStream(path, ReadInLargeBlocks);

    /// <summary>Others may write to the file, rename or delete it while it is read.</summary>
    private static FileStreamOptions ReadInLargeBlocks => new()
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    };

    /// <summary>Bytes read so far. May be asked for by another thread.</summary>
    public override long Position
    {
        get => Volatile.Read(ref _position);
        set => throw new NotSupportedException();
    }

    /// <summary>The next bytes without reading them: four, or fewer when the input ends before or some were looked at already.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_peekedRead == _peekedLength)
        {
            _peekedRead = 0;
            _peekedLength = stream.ReadAtLeast(_peeked, PeekLength, throwOnEndOfStream: false);
        }

        return _peeked.AsSpan(_peekedRead.._peekedLength);
    }

    public override int Read(Span<byte> buffer)
    {
        int read = _peekedRead < _peekedLength ? ReadPeeked(buffer) : stream.Read(buffer);
        Volatile.Write(ref _position, _position + read);
        return read;
    }

    private int ReadPeeked(Span<byte> buffer)
    {
        int read = Math.Min(buffer.Length, _peekedLength - _peekedRead);
        _peeked.AsSpan(_peekedRead, read).CopyTo(buffer);
        _peekedRead += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
