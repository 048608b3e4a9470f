using System.Text;
using TlsAppliance.Tls.Fingerprints;
using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Tls.Tests.Fingerprints;

/// <summary>Fingerprints of a held hello as strings, written into just as many bytes as asked for.</summary>
internal static class FingerprintText
{
    internal static string Ja3Text(byte[] held) => Write(Ja3.MaxTextLength(new HeldHello(held)), room => Ja3.WriteText(new HeldHello(held), room));

    internal static string Ja3Hash(byte[] held) => Write(Ja3.HashLength, room => Ja3.WriteHash(new HeldHello(held), room));

    internal static string Ja3SText(byte[] held) => Write(Ja3S.MaxTextLength(new HeldHello(held)), room => Ja3S.WriteText(new HeldHello(held), room));

    internal static string Ja3SHash(byte[] held) => Write(Ja3S.HashLength, room => Ja3S.WriteHash(new HeldHello(held), room));

    internal static string Ja4Text(byte[] held, Ja4Form form) =>
        Write(Ja4.MaxLength(new HeldHello(held), form), room => Ja4.Write(new HeldHello(held), form, room));

    private static string Write(int length, Func<byte[], int> write)
    {
        var room = new byte[length];
        return Encoding.ASCII.GetString(room, 0, write(room));
    }
}
