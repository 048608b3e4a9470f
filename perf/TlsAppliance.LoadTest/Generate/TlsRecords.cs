namespace TlsAppliance.LoadTest.Generate;

/// <summary>Record and handshake framing (RFC 8446 §4, §5.1).</summary>
internal static class TlsRecords
{
    private const int MaximumFragment = 16384;

    public static byte[] Wrap(int type, int version, ReadOnlySpan<byte> content)
    {
        var records = new WireBuilder();
        do
        {
            ReadOnlySpan<byte> fragment = content[..Math.Min(content.Length, MaximumFragment)];
            records.U8(type).U16(version).Vector16(fragment);
            content = content[fragment.Length..];
        }
        while (!content.IsEmpty);
        return records.ToArray();
    }

    public static byte[] Message(int type, ReadOnlySpan<byte> body) => new WireBuilder().U8(type).Vector24(body).ToArray();
}
