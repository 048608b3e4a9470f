using TlsAppliance.Testing.Tls;
using TlsAppliance.Tls.Extensions;
using TlsAppliance.Tls.Handshake;
using TlsAppliance.Tls.Registry;
using KeyShare = TlsAppliance.Tls.Extensions.KeyShare;

namespace TlsAppliance.Tls.Tests.Handshake;

public class HeldHelloWriterTests
{
    private const byte Secret = 0xA5;

    /// <summary>A hello in which every byte that must not outlive the message has the same value, and no other byte has it.</summary>
    private static readonly Hello WithSecrets = new()
    {
        SessionId = [1, 2, 3],
        Extensions =
        [
            Extension.ServerName("a.example"),
            Extension.KeyShare(TlsBytes.Filler(32), 0x2A2A, 29, 23),
            Extension.SessionTicket(TlsBytes.Filler(64)),
            Extension.Cookie(TlsBytes.Filler(16)),
            new Extension(21, TlsBytes.Filler(40)),
            new Extension(65037, TlsBytes.Filler(40)),
            new Extension(65281, TlsBytes.Filler(13)),
            new Extension(0x7777, TlsBytes.Filler(40)),
            Extension.SupportedVersions(0x0304, 0x0303),
            Extension.PreSharedKey(TlsBytes.Filler(64), TlsBytes.Filler(32)),
        ],
    };

    [Fact]
    public void No_secret_byte_gets_into_the_held_form()
    {
        Assert.DoesNotContain(Secret, HoldClient(WithSecrets));
        Assert.DoesNotContain(Secret, HoldServer(new Hello
        {
            Extensions = [Extension.SelectedKeyShare(29, TlsBytes.Filler(32)), Extension.SessionTicket(TlsBytes.Filler(9)), Extension.Cookie(Secret)],
        }));
    }

    [Fact]
    public void Extensions_keep_type_order_and_length_on_the_wire()
    {
        List<(ExtensionType, int, int)> extensions = [];
        foreach (HeldExtension extension in new HeldHello(HoldClient(WithSecrets)))
        {
            extensions.Add((extension.Type, extension.Length, extension.Body.Length));
        }

        Assert.Equal(WithSecrets.Extensions!.Select(extension => (ExtensionType)extension.Type), extensions.Select(extension => extension.Item1));
        Assert.Equal(WithSecrets.Extensions!.Select(extension => extension.Body.Length), extensions.Select(extension => extension.Item2));
        Assert.Equal([14, 6, 0, 0, 0, 0, 0, 0, 5, 0], extensions.Select(extension => extension.Item3));
    }

    [Fact]
    public void Of_key_shares_the_groups_are_held()
    {
        foreach (HeldExtension extension in new HeldHello(HoldClient(WithSecrets)))
        {
            if (extension.Type == ExtensionType.KeyShare)
            {
                Assert.Equal([0x0A, 0x0A, 0, 29, 0, 23], KeyShare.Groups(extension).Wire.ToArray());
            }
        }

        foreach (HeldExtension extension in new HeldHello(HoldServer(new Hello { Extensions = [Extension.SelectedKeyShare(0x11EC, 1, 2)] })))
        {
            Assert.Equal(0x11EC, KeyShare.Groups(extension)[0]);
        }
    }

    [Fact]
    public void Plain_fields_come_back_as_they_were_sent()
    {
        HeldHello held = new(HoldClient(WithSecrets));
        Assert.Equal(ProtocolVersion.Tls12, held.LegacyVersion);
        Assert.Equal(WithSecrets.Random, held.Random.ToArray());
        Assert.Equal(WithSecrets.SessionId, held.LegacySessionId.ToArray());
        Assert.Equal(2, held.CipherSuites.Count);
        Assert.Equal([0], held.CompressionMethods.ToArray());
        Assert.Equal(ExtensionBlockState.Present, held.ExtensionBlock);
        Assert.Equal(1, new HeldHello(HoldServer(WithSecrets)).CipherSuites.Count);
    }

    [Fact]
    public void H45_key_shares_of_every_size_and_shape()
    {
        Assert.Equal(0, HeldShares(Extension.KeyShare([])));
        Assert.Equal(200, HeldShares(Extension.KeyShare([1], [.. Enumerable.Range(1, 200).Select(group => (ushort)group)])));
        Assert.Equal(1, HeldShares(Extension.KeyShare(new byte[60_000], 29)));
        Assert.Equal(0, HeldShares(Extension.RetryKeyShare(29)));
        Assert.Equal(1, HeldShares(new Extension(51, [0, 9, 0, 29, 0, 1, 1, 0, 23, 0, 9])));
        Assert.Equal(0, HeldShares(new Extension(51, [0, 9, 0, 29])));
    }

    [Fact]
    public void H46_identities_tickets_and_cookies_of_64_KB_leave_their_length_only()
    {
        foreach (Extension extension in (Extension[])
            [new Extension(41, TlsBytes.Filler(65_000)), new Extension(44, TlsBytes.Filler(65_000)), new Extension(42, TlsBytes.Filler(4))])
        {
            byte[] held = HoldClient(new Hello { Extensions = [extension] });
            Assert.DoesNotContain(Secret, held);
            Assert.True(held.Length < 100);
        }
    }

    [Fact]
    public void H47_status_request_padding_and_unknown_extensions_of_64_KB()
    {
        foreach (ushort type in (ushort[])[18, 21, 35, 0xFFFF])
        {
            Assert.True(HoldClient(new Hello { Extensions = [new Extension(type, new byte[65_000])] }).Length < 100);
        }

        Assert.True(HoldClient(new Hello { Extensions = [new Extension(5, new byte[65_000])] }).Length > 65_000);
    }

    [Fact]
    public void H48_encrypted_client_hello_in_any_shape_leaves_its_length_only()
    {
        foreach (byte[] body in (byte[][])[[], [1], [0, 0, 1, 0xFF, 0xFF, .. TlsBytes.Filler(300)]])
        {
            byte[] held = HoldClient(new Hello { Extensions = [new Extension(65037, body), new Extension(0xFFCE, body), Extension.ServerName("b")] });
            Assert.DoesNotContain(Secret, held);
        }
    }

    private static int HeldShares(Extension extension)
    {
        HeldHello.Enumerator extensions = new HeldHello(HoldClient(new Hello { Extensions = [extension] })).GetEnumerator();
        Assert.True(extensions.MoveNext());
        return KeyShare.Groups(extensions.Current).Count;
    }

    private static byte[] HoldClient(Hello hello)
    {
        _ = ClientHello.Read(hello.ClientBody(), out ClientHello view);
        byte[] room = new byte[HeldHelloWriter.MaxLength(view)];
        return room[..HeldHelloWriter.Write(view, room)];
    }

    private static byte[] HoldServer(Hello hello)
    {
        _ = ServerHello.Read(hello.ServerBody(), out ServerHello view);
        byte[] room = new byte[HeldHelloWriter.MaxLength(view)];
        return room[..HeldHelloWriter.Write(view, room)];
    }
}
