using TlsAppliance.Capture.Inputs;

namespace TlsAppliance.Capture.Files;

/// <summary>
/// The bytes of an input as they are stored: counts them, and lets its first ones be looked at before they are read, which a pipe cannot do.
/// A seekable file is read with positioned reads straight into the caller's buffer (a <see cref="FileStream"/> without buffer does just that).
/// </summary>
internal sealed class StoredBytes : Stream
{
    private readonly Stream _stream;
    private readonly byte[] _first;
    private readonly int _firstLength;
    private int _firstRead;
    private long _position;

    public StoredBytes(Stream stream, int peek)
    {
        _stream = stream;
        _first = new byte[peek];
        _firstLength = stream.ReadAtLeast(_first, peek, throwOnEndOfStream: false);
    }

    /// <summary>Opens a file, pipe or device, or standard input. Throws what the file system throws.</summary>
    public static StoredBytes Open(string path, int peek)
    {
        Stream stream = path == CaptureInput.StandardInputPath ? Console.OpenStandardInput() : OpenFile(path);
        try
        {
            return new StoredBytes(stream, peek);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Others may write to the file, rename or delete it while it is read.</summary>
    private static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    });

    /// <summary>The first bytes, fewer than asked for when the input is shorter.</summary>
    public ReadOnlySpan<byte> First => _first.AsSpan(0, _firstLength);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Bytes read so far. May be asked for by another thread.</summary>
    public override long Position
    {
        get => Volatile.Read(ref _position);
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = _firstRead < _firstLength ? ReadFirst(buffer) : _stream.Read(buffer);
        Volatile.Write(ref _position, _position + read);
        return read;
    }

    private int ReadFirst(Span<byte> buffer)
    {
        int read = Math.Min(buffer.Length, _firstLength - _firstRead);
        _first.AsSpan(_firstRead, read).CopyTo(buffer);
        _firstRead += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
