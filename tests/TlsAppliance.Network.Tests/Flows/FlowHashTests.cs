using TlsAppliance.Network.Flows;

namespace TlsAppliance.Network.Tests.Flows;

public class FlowHashTests
{
    private static readonly UInt128 Low = new(0x2001_0DB8_0000_0001, 0x0000_0000_0000_0A05), High = new(0x2001_0DB8_0000_0002, 0x0000_0000_0000_0B07);

    [Fact]
    public void Both_directions_have_one_key_and_one_hash()
    {
        FlowKey there = FlowKey.Create(Low, 40_000, High, 443, 6, 6, out bool thereIsLow);
        FlowKey back = FlowKey.Create(High, 443, Low, 40_000, 6, 6, out bool backIsLow);
        Assert.Equal(there, back);
        Assert.Equal((true, false), (thereIsLow, backIsLow));
        Assert.Equal(new FlowHash(5).Compute(there), new FlowHash(5).Compute(back));
    }

    [Fact]
    public void A_key_tells_what_it_was_made_of()
    {
        FlowKey key = FlowKey.Create(High, 443, Low, 40_000, 6, 17, out _, carrier: 9);
        Assert.Equal((Low, 40_000, High, 443), (key.LowAddress, key.LowPort, key.HighAddress, key.HighPort));
        Assert.Equal((6, 17, 9ul), (key.IpVersion, key.Protocol, key.Carrier));
    }

    [Fact]
    public void Between_equal_addresses_the_lower_port_comes_first()
    {
        FlowKey key = FlowKey.Create(Low, 50_000, Low, 443, 6, 6, out bool sourceIsLow);
        Assert.Equal((443, 50_000, false), (key.LowPort, key.HighPort, sourceIsLow));
    }

    /// <summary>Also where the other parts are zero or all ones, which a product with a known factor would not survive.</summary>
    [Fact]
    public void Every_part_of_a_key_counts()
    {
        FlowHash hash = new(5);
        HashSet<ulong> hashes = [];
        UInt128[] addresses = [0, 1, UInt128.One << 64, UInt128.MaxValue, Low, High];
        foreach (UInt128 low in addresses)
        {
            foreach (UInt128 high in addresses.Where(address => address > low))
            {
                Assert.True(hashes.Add(hash.Compute(FlowKey.Create(low, 1, high, 2, 6, 6, out _))));
                Assert.True(hashes.Add(hash.Compute(FlowKey.Create(low, 2, high, 1, 6, 6, out _))));
                Assert.True(hashes.Add(hash.Compute(FlowKey.Create(low, 1, high, 2, 4, 6, out _))));
                Assert.True(hashes.Add(hash.Compute(FlowKey.Create(low, 1, high, 2, 6, 17, out _))));
                Assert.True(hashes.Add(hash.Compute(FlowKey.Create(low, 1, high, 2, 6, 6, out _, carrier: 1))));
            }
        }
    }

    [Fact]
    public void Another_seed_gives_other_hashes()
    {
        FlowKey key = FlowKey.Create(Low, 40_000, High, 443, 6, 6, out _);
        Assert.NotEqual(new FlowHash(1).Compute(key), new FlowHash(2).Compute(key));
    }
}
