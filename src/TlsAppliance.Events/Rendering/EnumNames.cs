using System.Text;

namespace TlsAppliance.Events.Rendering;

/// <summary>Names of an enumeration's members as events spell them: <c>HandshakeCompleted</c> is <c>handshake_completed</c>.</summary>
internal static class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Member[] Members = Array.ConvertAll(
        Enum.GetValues<TEnum>(), member => new Member(Convert.ToUInt64(member, null), Encoding.ASCII.GetBytes(SnakeCase(member.ToString()))));

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

    private static string SnakeCase(string name)
    {
        var words = new StringBuilder();
        foreach (char letter in name)
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    private readonly record struct Member(ulong Value, byte[] Name);
}
