using System.Diagnostics.CodeAnalysis;
using TlsAppliance.Capture.Inputs;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Files;

/// <summary>
/// One input from its first byte to its last or to the first damage, as blocks of frames. A frame that straddles two blocks is carried over:
/// what is left of a block is put before the bytes of the next. Nothing that an input does makes it throw.
/// </summary>
internal sealed class CaptureFileReader : IDisposable
{
    private const int SmallestTail = 2_048;

    private readonly string _path;
    private readonly FrameBlockPool _pool;
    private readonly Func<Stream> _open;

    private StoredBytes? _stored;
    private Stream? _content;
    private Compression _compression;
    private CaptureFormat? _format;

    /// <summary>What the last block left over: the start of a record whose rest is still to be read.</summary>
    private byte[] _tail = [];
    private int _tailLength;

    /// <summary>Offset in the decompressed content of the first byte of <see cref="_tail"/>, or of the block being filled.</summary>
    private long _offset;

    private long _blocks;
    private bool _hasEnded;
    private Exception? _readError;
    private long _storedBytesRead;

    /// <param name="input">What to read.</param>
    /// <param name="pool">Where blocks come from.</param>
    /// <param name="cancellation">Ends the input while it waits for another process; that is no fault.</param>
    public CaptureFileReader(CaptureInput input, FrameBlockPool pool, CancellationToken cancellation = default)
        : this(input.Path, pool, () => StoredBytes.Open(input, cancellation))
    {
    }

    /// <param name="path">Name for faults.</param>
    /// <param name="pool">Where blocks come from.</param>
    /// <param name="open">Yields the bytes as stored; the reader owns them.</param>
    public CaptureFileReader(string path, FrameBlockPool pool, Func<Stream> open)
    {
        _path = path;
        _pool = pool;
        _open = open;
    }

    /// <summary>Why the input could not be read to its end, once it has ended.</summary>
    public CaptureFault? Fault { get; private set; }

    /// <summary>Bytes read of the input as stored. May be asked for by another thread.</summary>
    public long StoredBytesRead => Volatile.Read(ref _storedBytesRead);

    /// <summary>The next frames, at least one of them; the caller owns the block's reference. False at the end.</summary>
    public bool TryRead([NotNullWhen(true)] out FrameBlock? block)
    {
        block = null;
        if (_hasEnded || (_content is null && !TryOpen()))
        {
            return false;
        }

        FrameBlock next = _pool.Rent();
        FillUntilFrames(next);
        if (next.Count == 0)
        {
            next.Release();
            return false;
        }

        next.Number = _blocks++;
        block = next;
        return true;
    }

    private bool TryOpen()
    {
        try
        {
            _stored = new StoredBytes(_open());
            _compression = Compressions.Recognise(_stored.Peek());
            _content = _compression.Unwrap(_stored);
            return true;
        }
        catch (OperationCanceledException)
        {
            End(null);
            return false;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            End(CaptureFaults.NotOpened(_path, error));
            return false;
        }
    }

    /// <summary>A pipe hands over what it has: waiting for a full block would hold back frames that have arrived.</summary>
    private void FillUntilFrames(FrameBlock block)
    {
        int filled = TakeTail(block);
        while (!_hasEnded && block.Count == 0)
        {
            MakeRoom(block, filled, filled + 1);
            int read = Read(block.Buffer.AsSpan(filled));
            if (read == 0)
            {
                EndAt(block.Buffer.AsSpan(0, filled));
                return;
            }

            filled = Index(block, filled + read);
        }
    }

    private int TakeTail(FrameBlock block)
    {
        MakeRoom(block, filled: 0, _tailLength + 1);
        _tail.AsSpan(0, _tailLength).CopyTo(block.Buffer);
        int filled = _tailLength;
        _tailLength = 0;
        return filled;
    }

    /// <summary>Keeps what is filled. A tail may be longer than a usual block: it is that of one that was enlarged.</summary>
    private void MakeRoom(FrameBlock block, int filled, int atLeast)
    {
        int needed = Math.Max(_format?.Needed ?? CaptureFormat.MagicLength, atLeast);
        if (needed > block.Buffer.Length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>(needed);
            block.Buffer.AsSpan(0, filled).CopyTo(larger);
            block.Buffer = larger;
        }
    }

    /// <summary>Reads some bytes; 0 at the end. A decompressor may throw anything about hostile content, a disk may fail: both end this input only.</summary>
    private int Read(Span<byte> room)
    {
        try
        {
            int read = _content!.Read(room);
            Volatile.Write(ref _storedBytesRead, _stored!.Position);
            return read;
        }
        catch (OperationCanceledException)
        {
            End(null);
            return 0;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _readError = error;
            return 0;
        }
    }

    /// <summary>Finds the frames in the first <paramref name="filled"/> bytes and moves on past them. Returns how many bytes of the block are still unread.</summary>
    private int Index(FrameBlock block, int filled)
    {
        ReadOnlySpan<byte> bytes = block.Buffer.AsSpan(0, filled);
        if (_format is null && !TryRecognise(bytes))
        {
            return filled;
        }

        block.ContentOffset = _offset;
        int consumed = _format!.Index(bytes, block);
        _offset += consumed;
        ReadOnlySpan<byte> rest = bytes[consumed..];
        if (_format.Damage is not null)
        {
            End(new CaptureFault(_path, _offset - _format.Skipped, _format.Damage));
        }
        else if (block.Count > 0)
        {
            KeepTail(rest);
        }
        else if (consumed > 0)
        {
            rest.CopyTo(block.Buffer);
        }

        return rest.Length;
    }

    private bool TryRecognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < CaptureFormat.MagicLength)
        {
            return false;
        }

        _format = CaptureFormat.Recognise(bytes);
        if (_format is null)
        {
            End(new CaptureFault(_path, 0, CaptureFaults.NoCapture));
        }

        return _format is not null;
    }

    private void KeepTail(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > _tail.Length)
        {
            _tail = new byte[Math.Max(rest.Length, Math.Max(SmallestTail, _tail.Length * 2))];
        }

        rest.CopyTo(_tail);
        _tailLength = rest.Length;
    }

    private void EndAt(ReadOnlySpan<byte> rest)
    {
        if (_hasEnded)
        {
            return;
        }

        if (_readError is not null)
        {
            End(CaptureFaults.NotRead(_path, _offset + rest.Length, _compression, _readError));
            return;
        }

        string? cut = DescribeCut(rest);
        End(cut is null ? null : new CaptureFault(_path, _offset - (_format?.Skipped ?? 0), cut));
    }

    private string? DescribeCut(ReadOnlySpan<byte> rest)
    {
        if (_format is not null)
        {
            return _format.DescribeCut(rest);
        }

        return rest.IsEmpty ? CaptureFaults.Empty : CaptureFaults.NoCapture;
    }

    private void End(CaptureFault? fault)
    {
        Fault = fault;
        _hasEnded = true;
        Dispose();
    }

    public void Dispose()
    {
        _hasEnded = true;
        CloseContent();
        _content = null;
        _stored = null;
    }

    /// <summary>A decompressor may complain about a cut stream when it is closed; that was told already.</summary>
    private void CloseContent()
    {
        try
        {
            _content?.Dispose();
            _stored?.Dispose();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Fault ??= CaptureFaults.NotRead(_path, _offset, _compression, error);
        }
    }
}
