using TlsAppliance.Events.Fields;
using TlsAppliance.Tls.Fingerprints;
using TlsAppliance.Tls.Handshake;

namespace TlsAppliance.Events.Rendering;

/// <summary>JA3, JA3S and JA4 as fields. Keeps the room in which their long forms are put together.</summary>
internal sealed class Fingerprints
{
    private byte[] _room = new byte[4096];

    internal static void WriteJa3(ref EventWriter writer, in HeldHello hello)
    {
        Span<byte> hash = stackalloc byte[Ja3.HashLength];
        writer.Text(EventFields.Ja3, hash[..Ja3.WriteHash(hello, hash)]);
    }

    internal static void WriteJa4(ref EventWriter writer, in HeldHello hello)
    {
        Span<byte> hash = stackalloc byte[Ja4.HashLength];
        writer.Text(EventFields.Ja4, hash[..Ja4.Write(hello, Ja4Form.Hash, hash)]);
    }

    internal static void WriteJa3S(ref EventWriter writer, in HeldHello hello)
    {
        Span<byte> hash = stackalloc byte[Ja3S.HashLength];
        writer.Text(EventFields.Ja3S, hash[..Ja3S.WriteHash(hello, hash)]);
    }

    internal void WriteJa3WithText(ref EventWriter writer, in HeldHello hello)
    {
        WriteJa3(ref writer, hello);
        WriteJa3Text(ref writer, hello);
    }

    internal void WriteJa3Text(ref EventWriter writer, in HeldHello hello)
    {
        if (writer.Includes(EventFields.Ja3Text))
        {
            Span<byte> text = Room(Ja3.MaxTextLength(hello));
            writer.Text(EventFields.Ja3Text, text[..Ja3.WriteText(hello, text)]);
        }
    }

    internal void WriteJa3SText(ref EventWriter writer, in HeldHello hello)
    {
        if (writer.Includes(EventFields.Ja3SText))
        {
            Span<byte> text = Room(Ja3S.MaxTextLength(hello));
            writer.Text(EventFields.Ja3SText, text[..Ja3S.WriteText(hello, text)]);
        }
    }

    /// <summary>The three forms besides the hash.</summary>
    internal void WriteJa4Forms(ref EventWriter writer, in HeldHello hello)
    {
        WriteJa4(ref writer, EventFields.Ja4Raw, hello, Ja4Form.Raw);
        WriteJa4(ref writer, EventFields.Ja4Original, hello, Ja4Form.OriginalHash);
        WriteJa4(ref writer, EventFields.Ja4OriginalRaw, hello, Ja4Form.OriginalRaw);
    }

    private void WriteJa4(ref EventWriter writer, EventField field, in HeldHello hello, Ja4Form form)
    {
        if (writer.Includes(field))
        {
            Span<byte> text = Room(Ja4.MaxLength(hello, form));
            writer.Text(field, text[..Ja4.Write(hello, form, text)]);
        }
    }

    private Span<byte> Room(int size)
    {
        if (_room.Length < size)
        {
            _room = new byte[size];
        }

        return _room;
    }
}
