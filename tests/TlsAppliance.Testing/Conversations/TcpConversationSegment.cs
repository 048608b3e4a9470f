using TlsAppliance.Network.Headers;

namespace TlsAppliance.Testing.Conversations;

/// <summary>One segment of a <see cref="TcpConversation"/>, before it becomes bytes.</summary>
/// <param name="FromClient">Who sends it.</param>
/// <param name="Sequence">Absolute sequence number.</param>
/// <param name="Acknowledgment">Absolute acknowledgment number.</param>
/// <param name="Flags">Control bits.</param>
/// <param name="Payload">TCP payload.</param>
public sealed record TcpConversationSegment(bool FromClient, uint Sequence, uint Acknowledgment, TcpFlags Flags, byte[] Payload)
{
    /// <summary>Time since the segment before it, in nanoseconds.</summary>
    public long Pause { get; init; } = 1_000_000;

    /// <summary>Capture time, ns since 1970, when it is not to follow from the pauses.</summary>
    public long? Timestamp { get; init; }

    /// <summary>802.1Q tag, or none.</summary>
    public ushort? Vlan { get; init; }

    /// <summary>Payload bytes at the end that a snapshot length cuts off.</summary>
    public int Cut { get; init; }

    /// <summary>Bytes of TCP options in front of the payload, a multiple of 4.</summary>
    public byte[] Options { get; init; } = [];
}
