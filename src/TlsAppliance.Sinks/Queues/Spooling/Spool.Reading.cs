using TlsAppliance.Events;

namespace TlsAppliance.Sinks.Queues.Spooling;

/// <summary>The way out: the records in their order, from the segments and then from memory.</summary>
internal sealed partial class Spool
{
    /// <summary>What a read has room for at first; it grows.</summary>
    private const int UsualReadEvents = 2048;

    /// <summary>A hole of more numbers than any segment can have is no damage: somebody has taken segments away, or put foreign ones in.</summary>
    private const long LargeHole = 1 << 20;

    private Segment? _reading;
    private SegmentReader? _reader;
    private long _corrupt;

    /// <summary>Where the disk goes on when memory has the next record no longer: its number and its place in its segment.</summary>
    private (long Number, long Position) _resume;

    /// <summary>The next records that nobody has had; null when there are none, or none can be read now.</summary>
    public QueueRead? Take(QueueReadBounds bounds)
    {
        QueueRead? read = null;
        while ((read?.Count ?? 0) < bounds.Events && TryPeek(out SpoolRecord record, out DocumentPlace document))
        {
            if (read is not null && (read.Layout != record.Layout || read.Bytes + document.Length > bounds.Bytes))
            {
                break;
            }

            read ??= new QueueRead(record.Layout, Math.Min(bounds.Events, UsualReadEvents));
            read.Add(record.Number, record.Id, record.Timestamp, record.Queued, document);
            Window.HandOut(record.Queued);
            _reader?.Advance();
        }

        _recent.RemoveRead(Window.Next);
        return read;
    }

    /// <summary>When the record that is read next was appended, ms since 1970.</summary>
    public long? NextQueued() => TryPeek(out SpoolRecord record, out _) ? record.Queued : null;

    /// <summary>The next record, from memory when it is there. What turns out to be no record on the disk is passed over, and its numbers are gone.</summary>
    private bool TryPeek(out SpoolRecord record, out DocumentPlace document)
    {
        document = default;
        while (Window.Next < Next)
        {
            if (_recent.TryGet(Window.Next, out DocumentPlace recent))
            {
                ReadFrom(null);
                document = recent.From(SpoolRecord.HeaderLength);
                return SpoolRecord.TryReadHeader(recent.Bytes, out record);
            }

            if (_reading is null && !TryFindSegment(out long first))
            {
                if (!TrySkip(first))
                {
                    break;
                }

                continue;
            }

            if (!TryOpenReader())
            {
                break;
            }

            int index = _segments.IndexOf(_reading!);
            if (_reader!.TryPeek(_reading!.Length, Window.Next, EndOf(index), out record))
            {
                if (!TrySkip(record.Number))
                {
                    break;
                }

                document = _reader.Record(record.Length).From(SpoolRecord.HeaderLength);
                return true;
            }

            if (!TrySkip(EndOf(index)))
            {
                break;
            }

            if (index + 1 < _segments.Count)
            {
                ReadFrom(_segments[index + 1]);
            }
        }

        record = default;
        return false;
    }

    /// <summary>Begins with the segment that has the next number. false: none has it, and <paramref name="first"/> is the first number behind the hole.</summary>
    private bool TryFindSegment(out long first)
    {
        first = 0;
        int index = _segments.FindLastIndex(segment => segment.First <= Window.Next);
        if (index < 0)
        {
            first = _segments.Count > 0 ? _segments[0].First : _written;
            return false;
        }

        ReadFrom(_segments[index]);
        return true;
    }

    /// <summary>false: the segment cannot be opened now.</summary>
    private bool TryOpenReader()
    {
        if (_reader is not null)
        {
            return true;
        }

        Segment segment = _reading!;
        try
        {
            segment.File ??= _files.Open(segment.Name, writable: false);
        }
        catch (FileNotFoundException)
        {
            // Somebody took it away: its numbers are gone.
            segment.File = MissingFile.Instance;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _problem = failure;
            return false;
        }

        _reader = new SegmentReader(segment.File, _resume.Number == Window.Next ? _resume.Position : SegmentHeader.Length, _pool);
        return true;
    }

    /// <param name="segment">null: no file is needed now.</param>
    private void ReadFrom(Segment? segment)
    {
        Segment? left = _reading;
        _reader?.Dispose();
        (_reading, _reader) = (segment, null);
        if (left is not null)
        {
            CloseUnused(left);
        }
    }

    /// <summary>
    /// The numbers from the next to this one are damaged or gone. false: there are very many, and they must wait until all that was handed out is settled, because
    /// until then each would need a place in the window.
    /// </summary>
    private bool TrySkip(long number)
    {
        long hole = number - Window.Next;
        if (hole > LargeHole && Window.Unsettled > 0)
        {
            return false;
        }

        if (hole > 0)
        {
            _corrupt += Window.Skip(number);
        }

        return true;
    }
}
