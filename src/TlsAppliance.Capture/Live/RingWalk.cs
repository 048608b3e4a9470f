using TlsAppliance.Capture.Live.Native;
using TlsAppliance.Network.Flows;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Live;

/// <summary>
/// Reads the headers of the frames in several blocks of a ring, one frame of each block after the other. Another processor wrote them, and where the next one of a block lies is known only
/// when this one has come: one block alone is a chain of misses, each waited for. Several chains are waited for together.
/// </summary>
/// <param name="linkType">What the frames begin with.</param>
/// <param name="captureInterface">Ordinal of the interface.</param>
internal sealed unsafe class RingWalk(LinkType linkType, ushort captureInterface)
{
    /// <summary>As many misses as are worth waiting for together; more blocks would push the first ones out of the second-level cache before they are read.</summary>
    public const int SideBySide = 8;

    /// <summary>Lines of the processor's cache that the headers of a usual frame lie in.</summary>
    private const int LinesDecoded = 2;

    private readonly Chain[] _chains = new Chain[SideBySide];
    private int _count;

    /// <summary>Frames read so far of which the kernel kept a part only.</summary>
    public long Cut { get; private set; }

    public bool IsFull => _count == SideBySide;

    /// <summary>The frames of this block of the ring come into that index.</summary>
    public void Add(BlockHeader* header, FrameBlock block)
    {
        if (header->Packets > 0)
        {
            _chains[_count++] = new Chain { Start = (byte*)header, Offset = header->OffsetToFirst, Left = header->Packets, Block = block };
        }
    }

    /// <summary>Reads all that were added, to their ends.</summary>
    public void Finish()
    {
        while (_count > 0)
        {
            for (int i = 0; i < _count; i++)
            {
                if (!Step(ref _chains[i]))
                {
                    _chains[i--] = _chains[--_count];
                }
            }
        }
    }

    /// <summary>The next frame of a block; false when that was the last one.</summary>
    private bool Step(ref Chain chain)
    {
        FrameRecord record = RingFrame.Read(chain.Start, chain.Offset, linkType, captureInterface);
        chain.Offset += ((FrameHeader*)(chain.Start + chain.Offset))->NextOffset;
        Prefetch.Line(ref *(chain.Start + chain.Offset));
        Prefetch.Lines(ref *(chain.Start + record.Offset), LinesDecoded);
        Cut += record.Length < record.WireLength ? 1 : 0;
        chain.Block.Add(record);
        return --chain.Left > 0;
    }

    /// <summary>A block, and how far it was read.</summary>
    private struct Chain
    {
        public byte* Start;
        public uint Offset;
        public uint Left;
        public FrameBlock Block;
    }
}
