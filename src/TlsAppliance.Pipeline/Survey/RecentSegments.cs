namespace TlsAppliance.Pipeline.Survey;

/// <summary>
/// Whether the same segment came a moment ago. A SPAN of both sides of a switch, or of several of its ports, shows a frame once per place; the copies differ in what a
/// router or a switch changes (MAC, VLAN, TTL), not in what is compared here. A retransmission comes later than a copy.
/// </summary>
internal sealed class RecentSegments
{
    /// <summary>Slots; a segment whose slot was taken by another is not recognised, which at a million frames per second loses half of 50 ms.</summary>
    private const int Slots = 1 << 16;

    /// <summary>Copies follow each other within the queues of a switch; a retransmission waits for a timeout of at least 200 ms (RFC 6298 has 1 s, Linux 200 ms).</summary>
    private const long WindowNanoseconds = 50_000_000;

    /// <summary>Addresses and the fixed part of the TCP header; with a usual header nothing before.</summary>
    private const int HeaderBytes = 28;

    /// <summary>Payload that is looked at.</summary>
    private const int PayloadBytes = 128;

    private readonly int[] _hashes = new int[Slots];
    private readonly long[] _times = new long[Slots];

    /// <param name="frame">The frame.</param>
    /// <param name="payloadOffset">Where its TCP payload begins.</param>
    /// <param name="salt">What else must be the same: connection, length.</param>
    /// <param name="time">When it came.</param>
    public bool IsCopy(ReadOnlySpan<byte> frame, int payloadOffset, int salt, long time)
    {
        int start = Math.Max(0, payloadOffset - HeaderBytes);
        int end = Math.Min(frame.Length, payloadOffset + PayloadBytes);
        var hash = default(HashCode);
        hash.AddBytes(frame[start..end]);
        hash.Add(salt);
        int value = hash.ToHashCode();
        int slot = value & (Slots - 1);
        bool isCopy = _hashes[slot] == value && time - _times[slot] is >= 0 and < WindowNanoseconds;
        (_hashes[slot], _times[slot]) = (value, time);
        return isCopy;
    }
}
