using TlsAppliance.Network.Reassembly;

namespace TlsAppliance.Network.Tests.Reassembly;

public class SegmentPoolTests
{
    [Theory]
    [InlineData(1, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 512)]
    [InlineData(1460, 2048)]
    [InlineData(65_536, 65_536)]
    public void Rents_the_smallest_size_class_that_fits(int length, int capacity) =>
        Assert.Equal(capacity, new SegmentPool(1 << 20).Rent(length)!.Capacity);

    [Fact]
    public void Never_hands_out_more_than_its_bytes()
    {
        SegmentPool pool = new(1000);
        Assert.NotNull(pool.Rent(256));
        Assert.NotNull(pool.Rent(256));
        HeldPiece third = pool.Rent(256)!;
        Assert.Null(pool.Rent(1));
        pool.Return(third);
        Assert.Same(third, pool.Rent(10));
    }

    [Fact]
    public void Bytes_that_were_not_captured_are_bounded_too()
    {
        SegmentPool pool = new(640);
        for (int i = 0; i < 10; i++)
        {
            Assert.True(pool.RentCut()!.IsCut);
        }

        Assert.Null(pool.RentCut());
    }

    [Fact]
    public void What_it_keeps_for_the_next_is_within_the_same_bound()
    {
        SegmentPool pool = new(1 << 17);
        HeldPiece[] small = [.. Enumerable.Range(0, 400).Select(_ => pool.Rent(256)!)];
        foreach (HeldPiece piece in small)
        {
            pool.Return(piece);
        }

        HeldPiece big = pool.Rent(65_536)!;
        pool.Return(big);
        Assert.NotSame(big, pool.Rent(65_536));
        Assert.Same(small[^1], pool.Rent(256));
    }

    [Fact]
    public void A_used_piece_comes_back_empty()
    {
        SegmentPool pool = new(1000);
        HeldPiece piece = pool.Rent(256)!;
        piece.Append([1, 2, 3]);
        pool.Return(piece);
        Assert.Equal((0, 256, (HeldPiece?)null), (pool.Rent(256)!.Length, piece.Room, piece.Next));
    }
}
