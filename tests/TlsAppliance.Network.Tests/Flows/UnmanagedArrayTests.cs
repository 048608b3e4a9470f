using System.Runtime.CompilerServices;
using TlsAppliance.Network.Flows;

namespace TlsAppliance.Network.Tests.Flows;

public class UnmanagedArrayTests
{
    [Fact]
    public void Begins_with_zeros_at_a_cache_line_and_keeps_what_is_written()
    {
        using UnmanagedArray<long> array = new(1000);
        Assert.Equal(1000, array.Length);
        Assert.True(IsAligned(ref array[0]));
        for (int i = 0; i < array.Length; i++)
        {
            Assert.Equal(0, array[i]);
            array[i] = i;
        }

        Assert.Equal(999, array[999]);
        array.Clear();
        Assert.Equal(0, array[999]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_place_outside_is_refused(int index)
    {
        using UnmanagedArray<int> array = new(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[index]);
    }

    [Fact]
    public void After_its_end_every_place_is_refused()
    {
        UnmanagedArray<int> array = new(10);
        array.Dispose();
        array.Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => array[0]);
    }

    private static unsafe bool IsAligned(ref long place) => (nuint)Unsafe.AsPointer(ref place) % 64 == 0;
}
