using System.Globalization;
using System.Text;

namespace TlsAppliance.Network.Frames;

/// <summary>An input that is damaged or unreadable. Everything before <paramref name="Offset"/> has been delivered.</summary>
/// <param name="Path">The input as the user named it.</param>
/// <param name="Offset">Byte offset of the damage (in the decompressed stream for compressed files), or -1 when it could not be opened.</param>
/// <param name="Reason">One clear phrase: what is wrong there.</param>
public sealed record CaptureFault(string Path, long Offset, string Reason)
{
    /// <summary>One line for people. A file may be named anything: what could break the line or steer a terminal is escaped.</summary>
    public override string ToString()
    {
        string place = Offset < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"byte {Offset}: ");
        StringBuilder line = new();
        foreach (char character in $"{Path}: {place}{Reason}")
        {
            Append(line, character);
        }

        return line.ToString();
    }

    private static void Append(StringBuilder line, char character)
    {
        UnicodeCategory category = char.GetUnicodeCategory(character);
        if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        {
            line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }
        else
        {
            line.Append(character);
        }
    }
}
