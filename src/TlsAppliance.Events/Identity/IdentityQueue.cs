using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TlsAppliance.Events.Delivery;

namespace TlsAppliance.Events.Identity;

/// <summary>
/// Events of a batch whose identity and Community ID are still to come: zeros stand in their places. Sixteen that are hashed together take as long as five that are hashed one by one.
/// </summary>
internal sealed class IdentityQueue
{
    /// <summary>Fewer are hashed one by one; a short run then never needs the other way, which has to be compiled first.</summary>
    private const int WorthLanes = 8;

    private readonly PendingEvent[] _events = new PendingEvent[HashLanes.Count];
    private readonly byte[] _communities = new byte[HashLanes.Count * HashBlocks.Length];
    private readonly IdentityHash _hash = new();
    private byte[] _messages = [];
    private Vector512<uint>[] _words = [];
    private int _messageLength, _slotLength;

    /// <summary>Events that wait.</summary>
    internal int Count { get; private set; }

    internal bool IsFull => Count == HashLanes.Count;

    /// <summary>Where what names the next event is to be written. None may wait that has a message of another length.</summary>
    internal Span<byte> Message(int length)
    {
        if (length != _messageLength)
        {
            _messageLength = length;
            _slotLength = HashBlocks.LengthFor(length);
            _messages = new byte[HashLanes.Count * _slotLength];
            _words = new Vector512<uint>[_slotLength / sizeof(uint)];
        }

        return _messages.AsSpan(Count * _slotLength, length);
    }

    /// <summary>False: what waits has to be settled before <see cref="Message"/> is asked for one of that length.</summary>
    internal bool Takes(int length) => !IsFull && (Count == 0 || length == _messageLength);

    /// <summary>Where the message of the next event's Community ID is to be written.</summary>
    internal Span<byte> Community() => _communities.AsSpan(Count * HashBlocks.Length, CommunityId.LongestMessage);

    internal void Add(in PendingEvent added) => _events[Count++] = added;

    internal void Clear() => Count = 0;

    /// <summary>Gives all that wait their identities.</summary>
    internal void Settle(EventBatch batch)
    {
        if (HashLanes.AreWide && Count >= WorthLanes)
        {
            SettleTogether(batch);
        }
        else
        {
            SettleOneByOne(batch);
        }

        Count = 0;
    }

    private void SettleOneByOne(EventBatch batch)
    {
        Span<byte> community = stackalloc byte[CommunityId.DigestLength];
        for (int i = 0; i < Count; i++)
        {
            Sha1Block.Hash(_communities.AsSpan(i * HashBlocks.Length, _events[i].CommunityLength), community);
            batch.Identify(_events[i], _hash.Compute(_messages.AsSpan(i * _slotLength, _messageLength)), community);
        }
    }

    private void SettleTogether(EventBatch batch)
    {
        for (int i = 0; i < Count; i++)
        {
            HashBlocks.Pad(_messages.AsSpan(i * _slotLength, _slotLength), _messageLength);
            HashBlocks.Pad(_communities.AsSpan(i * HashBlocks.Length, HashBlocks.Length), _events[i].CommunityLength);
        }

        Span<Vector512<uint>> identities = stackalloc Vector512<uint>[Sha256Lanes.DigestWords];
        HashLanes.Load(_messages, _words);
        Sha256Lanes.Hash(_words, identities);
        Span<Vector512<uint>> communities = stackalloc Vector512<uint>[Sha1Lanes.DigestWords];
        Span<Vector512<uint>> block = _words.AsSpan(0, HashBlocks.Words);
        HashLanes.Load(_communities, block);
        Sha1Lanes.Hash(block, communities);

        Span<byte> community = stackalloc byte[CommunityId.DigestLength];
        ReadOnlySpan<uint> identity = MemoryMarshal.Cast<Vector512<uint>, uint>(identities);
        ReadOnlySpan<uint> digests = MemoryMarshal.Cast<Vector512<uint>, uint>(communities);
        for (int lane = 0; lane < Count; lane++)
        {
            for (int word = 0; word < Sha1Lanes.DigestWords; word++)
            {
                BinaryPrimitives.WriteUInt32BigEndian(community[(word * sizeof(uint))..], digests[(word * HashLanes.Count) + lane]);
            }

            batch.Identify(
                _events[lane],
                new EventId(
                    (ulong)identity[lane] << 32 | identity[HashLanes.Count + lane],
                    (ulong)identity[(2 * HashLanes.Count) + lane] << 32 | identity[(3 * HashLanes.Count) + lane]),
                community);
        }
    }
}
