using System.Text;

namespace TlsAppliance.Events.Rendering;

/// <summary>Names of an enumeration's members as events spell them: <c>HandshakeCompleted</c> is <c>handshake_completed</c>.</summary>
internal static class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly (ulong Value, byte[] Name)[] Members =
        [.. Enum.GetValues<TEnum>().Select(member => (Convert.ToUInt64(member, null), Encoding.ASCII.GetBytes(SnakeCase(member.ToString()))))];

    /// <summary>Empty for a value that is no member.</summary>
    internal static ReadOnlySpan<byte> Of(int value)
    {
        foreach ((ulong member, byte[] name) in Members)
        {
            if (member == (ulong)value)
            {
                return name;
            }
        }

        return [];
    }

    /// <summary>Puts the name of each flag that is set into the open list.</summary>
    internal static void WriteFlags(ref EventWriter writer, int flags)
    {
        if (flags == 0)
        {
            return;
        }

        foreach ((ulong member, byte[] name) in Members)
        {
            if (member != 0 && ((ulong)flags & member) == member)
            {
                writer.Entry(name);
            }
        }
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
