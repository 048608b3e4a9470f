using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TlsAppliance.Network.Reassembly;

/// <summary>
/// Puts TCP directions into order (RFC 9293 §3.4, §3.10.7.4). Bytes that come in order go to the consumer without a copy; what comes early is
/// copied, kept sorted and bounded. The first byte that arrived for a number wins. A hole is given up after a bounded wait in bytes, pieces or
/// packet time, told to the consumer, and the stream goes on behind it. One instance per shard; the state of each direction is the caller's.
/// </summary>
public sealed class StreamReassembler
{
    private readonly ReassemblyOptions _options;
    private readonly SegmentPool _pool;
    private readonly long _holeTimeout;
    private readonly long _graceTimeout;

    public StreamReassembler(ReassemblyOptions options)
    {
        _options = options;
        _pool = new SegmentPool(options.MaximumShardBytes);
        _holeTimeout = options.HoleTimeout.Ticks * TimeSpan.NanosecondsPerTick;
        _graceTimeout = options.GraceTimeout.Ticks * TimeSpan.NanosecondsPerTick;
    }

    public ReassemblyCounters Counters { get; } = new();

    public SegmentPool Pool => _pool;

    /// <summary>Tells the number of the stream's first byte: one more than the SYN's. Bytes that are held already stay.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Part of the life of a stream, read beside Accept.")]
    public void Place(ref StreamState stream, TcpSequence first)
    {
        stream.NextNumber = first;
        stream.Marks = (stream.Marks | StreamMarks.Placed) & ~StreamMarks.Tentative;
    }

    /// <summary>
    /// A stream whose SYN was not seen starts about here. Its first segments are held back for a short time, because one before them may be late.
    /// </summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Part of the life of a stream, read beside Accept.")]
    public void PlaceTentatively(ref StreamState stream, TcpSequence first)
    {
        stream.NextNumber = first;
        stream.Marks |= StreamMarks.Placed | StreamMarks.Tentative;
    }

    /// <summary>The segment lies near enough to the expected number to belong to this stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsInWindow(in StreamState stream, TcpSequence sequence)
    {
        int ahead = stream.NextNumber.DistanceTo(sequence);
        return ahead <= _options.Window && ahead >= -_options.Window;
    }

    /// <summary>Takes one segment of a placed stream. Everything that is in order now has been delivered on return.</summary>
    public void Accept<TConsumer>(ref StreamState stream, in TcpSegment segment, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        if (!IsInWindow(stream, segment.Sequence))
        {
            Counters.OutOfWindow++;
            return;
        }

        if (segment.Fin)
        {
            NoteEnd(ref stream, segment.End);
        }

        if (segment.Length > 0)
        {
            Take(ref stream, segment, ref consumer);
        }

        FinishAtEnd(ref stream);
    }

    /// <summary>Ends the holding back of a tentative stream: nothing earlier is to come.</summary>
    public void Settle<TConsumer>(ref StreamState stream, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        stream.Marks &= ~StreamMarks.Tentative;
        Drain(ref stream, ref consumer);
        FinishAtEnd(ref stream);
    }

    /// <summary>Packet time at which <see cref="GiveUpExpired"/> has something to do, or <see cref="long.MaxValue"/>.</summary>
    public long Deadline(in StreamState stream) =>
        stream.First is null ? long.MaxValue : stream.First.Time + (stream.IsTentative ? _graceTimeout : _holeTimeout);

    /// <summary>Gives up the holes that have been open for too long at <paramref name="now"/>.</summary>
    public void GiveUpExpired<TConsumer>(ref StreamState stream, long now, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        while (Deadline(stream) <= now)
        {
            GiveUpHole(ref stream, ref consumer);
        }

        FinishAtEnd(ref stream);
    }

    /// <summary>The connection is over: gives up all holes and delivers everything that is held.</summary>
    public void Flush<TConsumer>(ref StreamState stream, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        while (stream.First is not null)
        {
            GiveUpHole(ref stream, ref consumer);
        }

        FinishAtEnd(ref stream);
    }

    /// <summary>Tells what is held, undelivered, in the order of the stream; stretches that a snapshot length cut off are left out.</summary>
    public static void TellHeld(in StreamState stream, IHeldBytes listener)
    {
        for (HeldPiece? piece = stream.First; piece is not null; piece = piece.Next)
        {
            if (!piece.IsCut)
            {
                listener.OnHeld(piece.Sequence, piece.Bytes);
            }
        }
    }

    /// <summary>Gives back what is held, undelivered.</summary>
    public void Release(ref StreamState stream)
    {
        while (stream.First is { } piece)
        {
            Unlink(ref stream, piece);
        }
    }

    private void NoteEnd(ref StreamState stream, TcpSequence end)
    {
        if (!HasEnd(stream) && end >= stream.NextNumber)
        {
            stream.EndNumber = end;
            stream.Marks |= StreamMarks.EndKnown;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take<TConsumer>(ref StreamState stream, in TcpSegment segment, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        TcpSequence sequence = segment.Sequence;
        ReadOnlySpan<byte> payload = segment.Payload;
        int missing = segment.Missing;
        if (!TrimAfterEnd(stream, sequence, ref payload, ref missing) || !TrimBeforeNext(ref stream, ref sequence, ref payload, ref missing))
        {
            return;
        }

        stream.Marks |= StreamMarks.Used;
        if (stream.IsUnwanted)
        {
            stream.NextNumber = sequence + (payload.Length + missing);
            return;
        }

        if (stream.First is null && !stream.IsTentative && sequence == stream.NextNumber)
        {
            Deliver(ref stream, payload, ref consumer);
            DeliverCut(ref stream, missing, ref consumer);
            return;
        }

        Hold(ref stream, sequence, payload, missing, segment.Time, ref consumer);
    }

    /// <summary>Data after the FIN does not exist; false: nothing is left.</summary>
    private bool TrimAfterEnd(in StreamState stream, TcpSequence sequence, ref ReadOnlySpan<byte> payload, ref int missing)
    {
        if (!HasEnd(stream) || sequence + (payload.Length + missing) <= stream.EndNumber)
        {
            return true;
        }

        Counters.AfterFin++;
        int room = sequence.DistanceTo(stream.EndNumber);
        if (room <= 0)
        {
            return false;
        }

        int kept = Math.Min(room, payload.Length);
        payload = payload[..kept];
        missing = room - kept;
        return true;
    }

    /// <summary>Bytes before the expected number were delivered already; false: nothing is left. A tentative stream moves its start back instead.</summary>
    private bool TrimBeforeNext(ref StreamState stream, ref TcpSequence sequence, ref ReadOnlySpan<byte> payload, ref int missing)
    {
        int behind = sequence.DistanceTo(stream.NextNumber);
        if (behind <= 0)
        {
            return true;
        }

        if (stream.IsTentative && behind <= _options.GraceBytes)
        {
            stream.NextNumber = sequence;
            return true;
        }

        if (behind >= payload.Length + missing)
        {
            Counters.Duplicates++;
            return false;
        }

        Counters.Overlaps++;
        int cut = Math.Min(behind, payload.Length);
        payload = payload[cut..];
        missing -= behind - cut;
        sequence += behind;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Deliver<TConsumer>(ref StreamState stream, ReadOnlySpan<byte> bytes, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        stream.NextNumber += bytes.Length;
        if (!bytes.IsEmpty && !stream.IsUnwanted && !consumer.OnBytes(bytes))
        {
            stream.Marks |= StreamMarks.Unwanted;
        }
    }

    private void DeliverCut<TConsumer>(ref StreamState stream, int missing, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        if (missing > 0)
        {
            Counters.CutBytes += stream.IsUnwanted ? 0 : missing;
            Skip(ref stream, missing, ref consumer);
        }
    }

    private void Skip<TConsumer>(ref StreamState stream, int missing, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        stream.NextNumber += missing;
        if (stream.IsUnwanted)
        {
            return;
        }

        stream.GivenUpBytes += missing;
        Counters.Gaps++;
        Counters.GapBytes += missing;
        consumer.OnGap(missing);
    }

    private void Hold<TConsumer>(
        ref StreamState stream, TcpSequence sequence, ReadOnlySpan<byte> payload, int missing, long time, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        if (sequence != stream.NextNumber)
        {
            Counters.OutOfOrder++;
        }

        if (!Insert(ref stream, sequence, payload, payload.Length, time)
            || !Insert(ref stream, sequence + payload.Length, default, missing, time))
        {
            PassThrough(ref stream, sequence, payload, missing, ref consumer);
            return;
        }

        if (stream.HeldPieces >= _options.GracePieces || stream.HeldBytes >= _options.GraceBytes)
        {
            stream.Marks &= ~StreamMarks.Tentative;
        }

        Drain(ref stream, ref consumer);
        while (stream.HeldPieces > _options.MaximumFlowPieces || stream.HeldBytes > _options.MaximumFlowBytes)
        {
            GiveUpHole(ref stream, ref consumer);
        }
    }

    /// <summary>
    /// Sorts in what the held pieces do not cover yet. An empty <paramref name="bytes"/> with a length stands for bytes that were cut off. One
    /// walk over the list, at most one comparison per byte. False: the shard's bytes are used up.
    /// </summary>
    private bool Insert(ref StreamState stream, TcpSequence sequence, ReadOnlySpan<byte> bytes, int length, long time)
    {
        HeldPiece? before = stream.Last is { } last && last.End <= sequence ? last : null;
        bool overlaps = false, differs = false;
        while (length > 0)
        {
            HeldPiece? after = SkipTo(ref before, stream, sequence);
            int free = after is null ? length : Math.Clamp(sequence.DistanceTo(after.Sequence), 0, length);
            if (free > 0 && !Link(ref stream, ref before, after, sequence, Prefix(bytes, free), free, time))
            {
                return false;
            }

            int covered = after is null ? 0 : Math.Min(length - free, (sequence + free).DistanceTo(after.End));
            if (covered > 0)
            {
                overlaps = true;
                differs |= Differs(after!, sequence + free, Prefix(Suffix(bytes, free), covered));
            }

            bytes = Suffix(bytes, free + covered);
            length -= free + covered;
            sequence += free + covered;
        }

        Counters.Overlaps += overlaps ? 1 : 0;
        Counters.DifferingOverlaps += differs ? 1 : 0;
        return true;
    }

    /// <summary>Bytes of a stretch of the stream that were neither delivered nor are held.</summary>
    public static int Missing(in StreamState stream, TcpSequence from, TcpSequence to)
    {
        TcpSequence next = from < stream.NextNumber ? stream.NextNumber : from;
        int missing = Math.Max(0, next.DistanceTo(to));
        for (HeldPiece? piece = stream.First; piece is not null && piece.Sequence < to && missing > 0; piece = piece.Next)
        {
            TcpSequence start = piece.Sequence < next ? next : piece.Sequence;
            TcpSequence end = piece.End < to ? piece.End : to;
            missing -= Math.Max(0, start.DistanceTo(end));
        }

        return Math.Max(0, missing);
    }

    /// <summary>The first piece that ends after <paramref name="sequence"/>; <paramref name="before"/> moves on to the one in front of it.</summary>
    private HeldPiece? SkipTo(ref HeldPiece? before, in StreamState stream, TcpSequence sequence)
    {
        HeldPiece? after = before is null ? stream.First : before.Next;
        while (after is not null && after.End <= sequence)
        {
            Counters.Steps++;
            before = after;
            after = after.Next;
        }

        return after;
    }

    /// <summary>Puts new bytes between two pieces: into the room of the first when they follow it directly, else into pieces of their own.</summary>
    private bool Link(
        ref StreamState stream, ref HeldPiece? before, HeldPiece? after, TcpSequence sequence, ReadOnlySpan<byte> bytes, int length, long time)
    {
        if (before is not null && before.End == sequence && !bytes.IsEmpty && bytes.Length <= before.Room)
        {
            before.Append(bytes);
            stream.HeldBytes += length;
            return true;
        }

        while (length > 0)
        {
            int taken = Math.Min(length, SegmentPool.MaximumPiece);
            HeldPiece? piece = bytes.IsEmpty ? _pool.RentCut() : _pool.Rent(taken);
            if (piece is null)
            {
                return false;
            }

            Fill(piece, sequence, Prefix(bytes, taken), taken);
            piece.Time = after is not null && before is null ? Math.Min(time, after.Time) : time;
            Chain(ref stream, before, piece, after);
            before = piece;
            bytes = Suffix(bytes, taken);
            sequence += taken;
            length -= taken;
        }

        return true;
    }

    private static void Fill(HeldPiece piece, TcpSequence sequence, ReadOnlySpan<byte> bytes, int length)
    {
        piece.Sequence = sequence;
        piece.Append(bytes);
        piece.Length = length;
    }

    private static void Chain(ref StreamState stream, HeldPiece? before, HeldPiece piece, HeldPiece? after)
    {
        piece.Next = after;
        if (before is null)
        {
            stream.First = piece;
        }
        else
        {
            before.Next = piece;
        }

        if (after is null)
        {
            stream.Last = piece;
        }

        stream.HeldPieces++;
        stream.HeldBytes += piece.Length;
    }

    private static bool Differs(HeldPiece piece, TcpSequence sequence, ReadOnlySpan<byte> bytes) =>
        !piece.IsCut && !bytes.SequenceEqual(piece.Bytes.Slice(piece.Sequence.DistanceTo(sequence), bytes.Length));

    private static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> bytes, int length) => bytes.IsEmpty ? bytes : bytes[..length];

    private static ReadOnlySpan<byte> Suffix(ReadOnlySpan<byte> bytes, int start) => bytes.IsEmpty ? bytes : bytes[start..];

    /// <summary>No room to wait: what is in front of these bytes is given up, and they go to the consumer at once.</summary>
    private void PassThrough<TConsumer>(
        ref StreamState stream, TcpSequence sequence, ReadOnlySpan<byte> payload, int missing, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        Counters.MemoryGaps++;
        stream.Marks &= ~StreamMarks.Tentative;
        while (stream.First is { } piece && piece.Sequence <= sequence)
        {
            GiveUpHole(ref stream, ref consumer);
        }

        if (TrimBeforeNext(ref stream, ref sequence, ref payload, ref missing))
        {
            SkipTo(ref stream, sequence, ref consumer);
            Deliver(ref stream, payload, ref consumer);
            DeliverCut(ref stream, missing, ref consumer);
        }

        Drain(ref stream, ref consumer);
    }

    private void SkipTo<TConsumer>(ref StreamState stream, TcpSequence sequence, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        int missing = stream.NextNumber.DistanceTo(sequence);
        if (missing > 0)
        {
            Skip(ref stream, missing, ref consumer);
        }
    }

    /// <summary>Gives the first hole up and delivers what follows it, up to the next one.</summary>
    private void GiveUpHole<TConsumer>(ref StreamState stream, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        stream.Marks &= ~StreamMarks.Tentative;
        if (stream.First is { } piece)
        {
            SkipTo(ref stream, piece.Sequence, ref consumer);
        }

        Drain(ref stream, ref consumer);
    }

    /// <summary>Delivers the held pieces that are in order now.</summary>
    private void Drain<TConsumer>(ref StreamState stream, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        while (!stream.IsTentative && stream.First is { } piece && (piece.Sequence <= stream.NextNumber || stream.IsUnwanted))
        {
            DeliverPiece(ref stream, piece, ref consumer);
            Unlink(ref stream, piece);
        }
    }

    private void DeliverPiece<TConsumer>(ref StreamState stream, HeldPiece piece, ref TConsumer consumer)
        where TConsumer : struct, IStreamConsumer
    {
        if (stream.IsUnwanted)
        {
            SkipTo(ref stream, piece.End, ref consumer);
            return;
        }

        TcpSequence end = HasEnd(stream) && piece.End > stream.EndNumber ? stream.EndNumber : piece.End;
        int fresh = stream.NextNumber.DistanceTo(end);
        if (fresh <= 0)
        {
            return;
        }

        if (piece.IsCut)
        {
            DeliverCut(ref stream, fresh, ref consumer);
            return;
        }

        Deliver(ref stream, piece.Bytes.Slice(piece.Sequence.DistanceTo(stream.NextNumber), fresh), ref consumer);
    }

    private void Unlink(ref StreamState stream, HeldPiece piece)
    {
        stream.First = piece.Next;
        if (stream.First is null)
        {
            stream.Last = null;
        }

        stream.HeldPieces--;
        stream.HeldBytes -= piece.Length;
        _pool.Return(piece);
    }

    private static bool HasEnd(in StreamState stream) => (stream.Marks & StreamMarks.EndKnown) != 0;

    private void FinishAtEnd(ref StreamState stream)
    {
        if (!HasEnd(stream) || stream.IsTentative || stream.NextNumber < stream.EndNumber)
        {
            return;
        }

        stream.Marks |= StreamMarks.Finished;
        Release(ref stream);
    }
}
