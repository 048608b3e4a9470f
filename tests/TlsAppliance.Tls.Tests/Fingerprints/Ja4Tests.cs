using TlsAppliance.Testing;
using TlsAppliance.Tls.Fingerprints;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;

namespace TlsAppliance.Tls.Tests.Fingerprints;

/// <summary>The example and the rules of FoxIO's technical description.</summary>
public sealed class Ja4Tests
{
    private static readonly ushort[] ExampleCiphers =
    [
        0x1A1A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035,
    ];

    private static readonly byte[] Example = new HeldHelloBuilder { Ciphers = ExampleCiphers }
        .Add(0x2A2A)
        .Add(0x001B)
        .Add(0x0000)
        .Add(0x0033)
        .AddProtocols("h2"u8.ToArray(), "http/1.1"u8.ToArray())
        .Add(0x4469)
        .Add(0x0017)
        .Add(0x002D)
        .AddList(0x000D, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)
        .Add(0x0005)
        .Add(0x0023)
        .Add(0x0012)
        .AddShortList(0x002B, 0x3A, 0x3A, 3, 4, 3, 3)
        .Add(0xFF01)
        .Add(0x000B)
        .Add(0x000A)
        .Add(0x0015)
        .Build();

    [Fact]
    public void Example_of_the_description()
    {
        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", FingerprintText.Ja4Text(Example, Ja4Form.Hash));
        Assert.Equal("t13d1516h2_acb858a92679_18f69afefd3d", FingerprintText.Ja4Text(Example, Ja4Form.OriginalHash));
    }

    [Fact]
    public void Raw_forms_of_the_example()
    {
        Assert.Equal(
            "t13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_" +
            "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601",
            FingerprintText.Ja4Text(Example, Ja4Form.Raw));
        Assert.Equal(
            "t13d1516h2_1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035_" +
            "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015_0403,0804,0401,0503,0805,0501,0806,0601",
            FingerprintText.Ja4Text(Example, Ja4Form.OriginalRaw));
    }

    [Fact]
    public void Without_signature_algorithms_there_is_no_underscore()
    {
        byte[] held = new HeldHelloBuilder { Ciphers = [0x2F] }
            .Add(0x0005).Add(0x000A).Add(0x000B).Add(0x000D).Add(0x0012).Add(0x0015).Add(0x0017).Add(0x001B).Add(0x0023)
            .Add(0x002B).Add(0x002D).Add(0x0033).Add(0x4469).Add(0xFF01)
            .Build();

        Assert.EndsWith("_6d807ffa2a79", FingerprintText.Ja4Text(held, Ja4Form.Hash));
    }

    [Fact]
    public void Nothing_to_hash_is_shown_as_zeros()
    {
        byte[] held = new HeldHelloBuilder { Version = 0x0301, State = ExtensionBlockState.Absent }.Build();

        Assert.Equal("t10i000000_000000000000_000000000000", FingerprintText.Ja4Text(held, Ja4Form.Hash));
        Assert.Equal("t10i000000__", FingerprintText.Ja4Text(held, Ja4Form.Raw));
    }

    [Fact]
    public void Server_name_alone_leaves_nothing_to_hash_when_sorted()
    {
        byte[] held = new HeldHelloBuilder { Version = 0x0301, Ciphers = [4] }.Add(0).Build();

        Assert.EndsWith("_000000000000", FingerprintText.Ja4Text(held, Ja4Form.Hash));
        Assert.Equal("t10d010100_0004_0000", FingerprintText.Ja4Text(held, Ja4Form.OriginalRaw));
    }

    [Theory]
    [InlineData(0x0304, "13")]
    [InlineData(0x0303, "12")]
    [InlineData(0x0302, "11")]
    [InlineData(0x0301, "10")]
    [InlineData(0x0300, "s3")]
    [InlineData(0x0002, "s2")]
    [InlineData(0x7F12, "00")]
    public void Version_without_supported_versions_is_the_legacy_one(int version, string expected)
    {
        byte[] held = new HeldHelloBuilder { Version = (ushort)version }.Build();

        Assert.Equal(expected, FingerprintText.Ja4Text(held, Ja4Form.Hash)[1..3]);
    }

    [Theory]
    [InlineData(new byte[] { 3, 3, 3, 4, 3, 1 }, "13")]
    [InlineData(new byte[] { 0x7F, 0x12, 3, 3 }, "00")]
    [InlineData(new byte[] { 0xFA, 0xFA, 3, 2 }, "11")]
    [InlineData(new byte[] { 0xFA, 0xFA, 0x0A, 0x0A }, "12")]
    [InlineData(new byte[0], "12")]
    public void Highest_supported_version_wins(byte[] versions, string expected)
    {
        byte[] held = new HeldHelloBuilder().AddShortList(43, versions).Build();

        Assert.Equal(expected, FingerprintText.Ja4Text(held, Ja4Form.Hash)[1..3]);
    }

    [Theory]
    [InlineData(new byte[] { 0xAB }, "ab")]
    [InlineData(new byte[] { 0xAB, 0xCD }, "ad")]
    [InlineData(new byte[] { 0x30, 0xAB }, "3b")]
    [InlineData(new byte[] { 0x30, 0x31, 0xAB, 0xCD }, "3d")]
    [InlineData(new byte[] { 0x30, 0xAB, 0xCD, 0x31 }, "01")]
    [InlineData(new byte[] { (byte)'q' }, "qq")]
    [InlineData(new byte[] { (byte)'/', (byte)'x' }, "28")]
    public void H42_first_and_last_character_of_the_protocol(byte[] name, string expected)
    {
        byte[] held = new HeldHelloBuilder().AddProtocols(name).Build();

        Assert.Equal(expected, FingerprintText.Ja4Text(held, Ja4Form.Hash)[8..10]);
    }

    [Fact]
    public void No_protocol_is_shown_as_zeros()
    {
        Assert.Equal("00", FingerprintText.Ja4Text(new HeldHelloBuilder().Build(), Ja4Form.Hash)[8..10]);
        Assert.Equal("00", FingerprintText.Ja4Text(new HeldHelloBuilder().AddProtocols().Build(), Ja4Form.Hash)[8..10]);
        Assert.Equal("00", FingerprintText.Ja4Text(new HeldHelloBuilder().AddProtocols([]).Build(), Ja4Form.Hash)[8..10]);
    }

    [Fact]
    public void Counts_end_at_99()
    {
        var builder = new HeldHelloBuilder { Ciphers = [.. Enumerable.Range(1, 150).Select(code => (ushort)code)] };
        for (ushort type = 100; type < 200; type++)
        {
            builder.Add(type);
        }

        Assert.StartsWith("t12i999900_", FingerprintText.Ja4Text(builder.Build(), Ja4Form.Hash));
    }

    [Fact]
    public void Malformed_extension_block_counts_as_none()
    {
        byte[] held = new HeldHelloBuilder { Ciphers = [4], State = ExtensionBlockState.Malformed }.Add(0).AddList(13, 0x0403).Build();

        Assert.Equal("t12i010000_0004_", FingerprintText.Ja4Text(held, Ja4Form.Raw));
    }

    /// <summary>As many as a block of 65,535 bytes holds, in orders that a careless sort takes badly.</summary>
    [Theory]
    [InlineData("ascending")]
    [InlineData("descending")]
    [InlineData("up and down")]
    [InlineData("alike")]
    public void The_longest_block_is_sorted_without_allocating(string order)
    {
        const int longest = ushort.MaxValue / 4;
        ushort[] types = [.. Enumerable.Range(0, longest).Select(index => (ushort)(0x4000 + order switch
        {
            "ascending" => index,
            "descending" => longest - index,
            "up and down" => Math.Min(index, longest - index),
            _ => 1,
        })).Where(type => !Grease.IsGrease(type))];
        var builder = new HeldHelloBuilder { Ciphers = [4] };
        foreach (ushort type in types)
        {
            builder.Add(type);
        }

        byte[] held = builder.Build();
        Assert.Equal("t12i019900_0004_" + string.Join(',', types.Order().Select(type => $"{type:x4}")), FingerprintText.Ja4Text(held, Ja4Form.Raw));

        byte[] destination = new byte[Ja4.HashLength];
        Ja4.Write(new HeldHello(held), Ja4Form.Hash, destination);
        Assert.Equal(0, Allocations.Of(() => Ja4.Write(new HeldHello(held), Ja4Form.Hash, destination)));
    }
}
