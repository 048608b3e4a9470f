using System.Runtime.InteropServices;
using TlsAppliance.Capture.Live;
using TlsAppliance.Capture.Live.Native;
using TlsAppliance.Network.Frames;

namespace TlsAppliance.Capture.Tests.Live;

/// <summary>Blocks of a ring, laid out in memory as the kernel lays them out.</summary>
public sealed unsafe class RingWalkTests : IDisposable
{
    private const ushort Interface = 3;
    private const uint FrameRoom = 256, HeaderRoom = 96, FrameLength = 60;

    private readonly RingWalk _walk = new(LinkType.Ethernet, Interface);
    private readonly List<nint> _blocks = [];

    public void Dispose() => _blocks.ForEach(static block => NativeMemory.Free((void*)block));

    [Fact]
    public void Each_block_has_its_own_frames_in_their_order_however_many_the_others_have()
    {
        uint[] counts = [3, 0, 1, 7, 2];
        FrameBlock[] read = [.. counts.Select(count => Add(count))];
        _walk.Finish();
        Assert.Equal(counts.Select(count => (int)count), read.Select(block => block.Count));
        Assert.All(read, block => Assert.Equal(
            Enumerable.Range(0, block.Count).Select(frame => (long)frame), block.Records.ToArray().Select(record => record.Timestamp)));
        Assert.All(read, block => Assert.All(block.Records.ToArray(), record => Assert.Equal((int)FrameLength, record.Length)));
    }

    [Fact]
    public void It_is_full_when_so_many_have_frames_and_may_be_used_again()
    {
        for (int round = 0; round < 2; round++)
        {
            Add(frames: 0);
            for (int block = 0; block < RingWalk.SideBySide; block++)
            {
                Assert.False(_walk.IsFull);
                Add(frames: 2);
            }

            Assert.True(_walk.IsFull);
            _walk.Finish();
        }
    }

    [Fact]
    public void Frames_of_which_a_part_is_missing_are_counted()
    {
        Add(frames: 4, wireLength: FrameLength + 1);
        Add(frames: 5);
        _walk.Finish();
        Assert.Equal(4, _walk.Cut);
    }

    private FrameBlock Add(uint frames, uint wireLength = FrameLength)
    {
        var header = (BlockHeader*)NativeMemory.AllocZeroed(HeaderRoom + ((frames + 1) * FrameRoom));
        _blocks.Add((nint)header);
        (header->Packets, header->OffsetToFirst) = (frames, HeaderRoom);
        for (uint frame = 0; frame < frames; frame++)
        {
            var at = (FrameHeader*)((byte*)header + HeaderRoom + (frame * FrameRoom));
            (at->NextOffset, at->Nanoseconds) = (frame + 1 < frames ? FrameRoom : 0, frame);
            (at->CapturedLength, at->Length, at->MacOffset) = (FrameLength, wireLength, (ushort)HeaderRoom);
        }

        var block = new FrameBlock(0, (int)frames + 1);
        _walk.Add(header, block);
        return block;
    }
}
