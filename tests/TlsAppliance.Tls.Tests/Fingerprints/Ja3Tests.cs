using TlsAppliance.Testing;
using TlsAppliance.Tls.Fingerprints;
using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Tls.Tests.Fingerprints;

public sealed class Ja3Tests
{
    private static readonly byte[] Chrome = new HeldHelloBuilder { Ciphers = [0x3A3A, 49195, 49199, 156] }
        .Add(0xDADA)
        .Add(65281, 0)
        .Add(0, 0, 0)
        .AddList(10, 0x6A6A, 29, 23, 24)
        .AddShortList(11, 0)
        .Add(0xAAAA, 0)
        .Build();

    [Fact]
    public void Lists_numbers_in_wire_order_without_grease()
    {
        Assert.Equal("771,49195-49199-156,65281-0-10-11,29-23-24,0", FingerprintText.Ja3Text(Chrome));
    }

    [Fact]
    public void Hash_is_the_md5_of_the_text()
    {
        string text = FingerprintText.Ja3Text(Chrome);
#pragma warning disable CA5351 // JA3 is defined with MD5.
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351

        Assert.Equal(expected, FingerprintText.Ja3Hash(Chrome));
    }

    [Fact]
    public void Hello_without_extensions_has_empty_lists()
    {
        byte[] held = new HeldHelloBuilder { Version = 0x0300, Ciphers = [4, 5], State = ExtensionBlockState.Absent }.Build();

        Assert.Equal("768,4-5,,,", FingerprintText.Ja3Text(held));
    }

    [Fact]
    public void Malformed_extension_block_has_empty_lists()
    {
        byte[] held = new HeldHelloBuilder { Ciphers = [4], State = ExtensionBlockState.Malformed }.AddList(10, 23).Build();

        Assert.Equal("771,4,,,", FingerprintText.Ja3Text(held));
    }

    [Fact]
    public void Repeated_extension_is_listed_twice_and_the_later_one_holds()
    {
        byte[] held = new HeldHelloBuilder { Ciphers = [4] }.AddList(10, 23).AddList(10, 24).Build();

        Assert.Equal("771,4,10-10,24,", FingerprintText.Ja3Text(held));
    }

    [Fact]
    public void Extensions_that_cannot_be_read_are_listed_and_give_nothing()
    {
        byte[] held = new HeldHelloBuilder { Ciphers = [4] }.Add(10, 0, 4, 0, 23).Add(11, 9, 0).Add(11).Build();

        Assert.Equal("771,4,10-11-11,,", FingerprintText.Ja3Text(held));
    }

    [Fact]
    public void Server_hello_has_three_parts()
    {
        byte[] held = new HeldHelloBuilder { Ciphers = [49199] }.Add(65281, 0).Add(0).AddShortList(11, 0, 1, 2).Add(16).Build();

        Assert.Equal("771,49199,65281-0-11-16", FingerprintText.Ja3SText(held));
        Assert.Equal("ae53107a2e47ea20c72ac44821a728bf", FingerprintText.Ja3SHash(held));
    }

    [Fact]
    public void Tls13_server_hello_has_the_published_hash()
    {
        byte[] held = new HeldHelloBuilder { Ciphers = [4865] }.Add(41).Add(51).Add(43).Build();

        Assert.Equal("2b0648ab686ee45e0e7c35fcfb0eea7e", FingerprintText.Ja3SHash(held));
    }

    [Fact]
    public void Largest_hello_fits_the_room_that_was_asked_for()
    {
        var builder = new HeldHelloBuilder { Ciphers = [.. Enumerable.Repeat((ushort)65535, 32767)] };
        builder.AddList(10, [.. Enumerable.Repeat((ushort)65535, 32766)]);
        byte[] held = builder.Build();

        Assert.Equal("771,".Length + (6 * 32767) - 1 + ",10,".Length + (6 * 32766) - 1 + ",".Length, FingerprintText.Ja3Text(held).Length);
        Assert.Equal(Ja3.HashLength, FingerprintText.Ja3Hash(held).Length);
    }

    [Fact]
    public void Fingerprints_allocate_nothing()
    {
        var room = new byte[1024];
        WriteAll(room);

        Assert.Equal(0, Allocations.Of(() => WriteAll(room)));
    }

    private static void WriteAll(byte[] room)
    {
        var hello = new HeldHello(Chrome);
        for (int i = 0; i < 100; i++)
        {
            Ja3.WriteText(hello, room);
            Ja3.WriteHash(hello, room);
            Ja3S.WriteHash(hello, room);
            Ja4.Write(hello, Ja4Form.Hash, room);
            Ja4.Write(hello, Ja4Form.Raw, room);
            Ja4.Write(hello, Ja4Form.OriginalHash, room);
            Ja4.Write(hello, Ja4Form.OriginalRaw, room);
        }
    }
}
