using TlsAppliance.Network.Frames;

namespace TlsAppliance.Network.Fragments;

public sealed class FragmentReassembler
{
    public FragmentReassembler(FragmentOptions options) => Options = options;

    public FragmentOptions Options { get; }

    /// <summary>Datagrams put together.</summary>
    public long Completed { get; private set; }

    /// <summary>Datagrams given up because they took too long.</summary>
    public long Expired { get; private set; }

    /// <summary>Datagrams given up because a bound was reached.</summary>
    public long Evicted { get; private set; }

    /// <summary>Fragments that brought no new byte.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Fragments that overlapped bytes already held; the first ones stay.</summary>
    public long Overlaps { get; private set; }

    /// <summary>Overlaps whose bytes were not the same: damage or evasion.</summary>
    public long DifferingOverlaps { get; private set; }

    /// <summary>Fragments that reach beyond 65,535 bytes.</summary>
    public long Oversized { get; private set; }

    /// <summary>Fragments that contradict their datagram's end.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Unfinished datagrams now.</summary>
    public int Pending => 0;

    /// <summary>Bytes of buffers held by unfinished datagrams now.</summary>
    public long HeldBytes => 0;

    /// <summary>Adds one fragment. <paramref name="datagram"/> is set with <see cref="FragmentOutcome.Completed"/> and valid until the next call.</summary>
    /// <param name="header">As the decoder has set it.</param>
    /// <param name="data">The fragment's bytes; copied when they must wait.</param>
    /// <param name="time">Packet time, nanoseconds since 1970.</param>
    /// <param name="datagram">Everything that follows the IP header (IPv6: the fragment header) of the datagram.</param>
    public FragmentOutcome Add(in FragmentHeader header, ReadOnlySpan<byte> data, long time, out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        return FragmentOutcome.Rejected;
    }

    /// <summary>Gives up the datagrams that have waited longer than <see cref="FragmentOptions.Timeout"/>.</summary>
    public void Expire(long now)
    {
    }
}
