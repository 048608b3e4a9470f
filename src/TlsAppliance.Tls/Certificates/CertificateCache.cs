using System.IO.Hashing;
using System.Security.Cryptography;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// Certificates seen before, so that each is read once. Bounded by count and bytes; the clock algorithm evicts what was not asked for since the hand
/// last passed. A hit allocates nothing. Not thread-safe; owned by one shard.
/// </summary>
/// <remarks>
/// The key is a hash with a secret seed, so that nobody on the wire can aim at one bucket; the bytes themselves decide. Of two certificates with the
/// same hash the newer one stays.
/// </remarks>
public sealed class CertificateCache
{
    private readonly CertificateCacheOptions _options;
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly Dictionary<ulong, int> _slotOfHash = [];
    private readonly List<Slot> _slots = [];
    private readonly Stack<int> _freeSlots = new();
    private int _hand;
    private long _bytes;
    private long _hits;
    private long _misses;
    private long _evictions;

    public CertificateCache(CertificateCacheOptions? options = null) => _options = options ?? new CertificateCacheOptions();

    public CertificateCacheCounters Counters => new(_hits, _misses, _evictions, _slotOfHash.Count, _bytes);

    /// <summary>The facts of these bytes: the very same object as long as they are in the cache.</summary>
    public CertificateFacts GetOrAdd(ReadOnlySpan<byte> der)
    {
        ulong hash = XxHash3.HashToUInt64(der, _seed);
        if (_slotOfHash.TryGetValue(hash, out int slot))
        {
            CertificateFacts known = _slots[slot].Facts!;
            if (known.Der.Span.SequenceEqual(der))
            {
                _hits++;
                _slots[slot] = new Slot(hash, known, Referenced: true);
                return known;
            }

            Remove(slot);
        }

        _misses++;
        CertificateFacts facts = CertificateReader.Read(der);
        Add(hash, facts);
        return facts;
    }

    private void Add(ulong hash, CertificateFacts facts)
    {
        int size = facts.Der.Length;
        if (_options.MaxEntries <= 0 || size > _options.MaxBytes)
        {
            return;
        }

        while (_slotOfHash.Count >= _options.MaxEntries || _bytes + size > _options.MaxBytes)
        {
            EvictOne();
        }

        int slot = TakeSlot();
        _slots[slot] = new Slot(hash, facts, Referenced: false);
        _slotOfHash.Add(hash, slot);
        _bytes += size;
    }

    private int TakeSlot()
    {
        if (_freeSlots.TryPop(out int free))
        {
            return free;
        }

        _slots.Add(default);
        return _slots.Count - 1;
    }

    /// <summary>Moves the hand on to the first entry that nobody asked for since it last passed. Ends within two rounds.</summary>
    private void EvictOne()
    {
        while (true)
        {
            _hand = (_hand + 1) % _slots.Count;
            Slot candidate = _slots[_hand];
            if (candidate.Facts is null)
            {
                continue;
            }

            if (!candidate.Referenced)
            {
                Remove(_hand);
                return;
            }

            _slots[_hand] = candidate with { Referenced = false };
        }
    }

    private void Remove(int slot)
    {
        _slotOfHash.Remove(_slots[slot].Hash);
        _bytes -= _slots[slot].Facts!.Der.Length;
        _slots[slot] = default;
        _freeSlots.Push(slot);
        _evictions++;
    }

    private readonly record struct Slot(ulong Hash, CertificateFacts? Facts, bool Referenced);
}
