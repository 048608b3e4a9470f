using System.Text;

namespace TlsAppliance.Tls.Certificates;

/// <summary>
/// The one-line form of a name as Go's <c>pkix.Name.String()</c> prints it: SERIALNUMBER, CN, OU, O, POSTALCODE, STREET, L, ST, C, all values of one
/// type joined by <c>+</c>, then the attributes without short name from last to first.
/// </summary>
internal static class NameText
{
    private static readonly AsciiSet PrintableCharacters = new(" '()+,-./0123456789:=?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly AsciiSet EscapedCharacters = new(",+\"\\<>;");

    private static readonly string[] ShortNames =
        ["", "C=", "ST=", "L=", "STREET=", "POSTALCODE=", "O=", "OU=", "CN=", "SERIALNUMBER="];

    internal static string Of(List<NameAttribute> attributes)
    {
        var text = new StringBuilder(128);
        for (AttributeKind kind = AttributeKind.SerialNumber; kind > AttributeKind.Other; kind--)
        {
            AppendValues(text, attributes, kind);
        }

        AppendUnnamed(text, attributes);
        return text.ToString();
    }

    /// <summary>Go writes the value anew: as PrintableString if it can be one, else as UTF8String.</summary>
    internal static string Unnamed(string type, string value)
    {
        byte tag = PrintableCharacters.HasAll(value) ? DerTag.PrintableString : DerTag.Utf8String;
        byte[] contents = Encoding.UTF8.GetBytes(value);
        return $"{type}=#{tag:x2}{LengthOctets(contents.Length)}{Convert.ToHexStringLower(contents)}";
    }

    internal static string Unnamed(string type, ReadOnlySpan<byte> encoded) => $"{type}=#{Convert.ToHexStringLower(encoded)}";

    private static string LengthOctets(int length) => length switch
    {
        < 0x80 => $"{length:x2}",
        < 0x100 => $"81{length:x2}",
        _ => $"82{length:x4}",
    };

    private static void AppendValues(StringBuilder text, List<NameAttribute> attributes, AttributeKind kind)
    {
        if (kind is AttributeKind.CommonName or AttributeKind.SerialNumber)
        {
            AppendLastValue(text, attributes, kind);
            return;
        }

        char separator = ',';
        foreach (NameAttribute attribute in attributes)
        {
            if (attribute.Kind == kind)
            {
                AppendValue(text, separator, attribute);
                separator = '+';
            }
        }
    }

    /// <summary>Of these the last one holds, and an empty one is as good as none.</summary>
    private static void AppendLastValue(StringBuilder text, List<NameAttribute> attributes, AttributeKind kind)
    {
        int index = attributes.FindLastIndex(attribute => attribute.Kind == kind);
        if (index >= 0 && attributes[index].Value.Length > 0)
        {
            AppendValue(text, ',', attributes[index]);
        }
    }

    private static void AppendUnnamed(StringBuilder text, List<NameAttribute> attributes)
    {
        for (int i = attributes.Count - 1; i >= 0; i--)
        {
            if (attributes[i].Kind == AttributeKind.Other)
            {
                AppendSeparator(text, ',').Append(attributes[i].Value);
            }
        }
    }

    private static void AppendValue(StringBuilder text, char separator, NameAttribute attribute)
    {
        AppendSeparator(text, separator).Append(ShortNames[(int)attribute.Kind]);
        AppendEscaped(text, attribute.Value);
    }

    private static StringBuilder AppendSeparator(StringBuilder text, char separator) => text.Length == 0 ? text : text.Append(separator);

    private static void AppendEscaped(StringBuilder text, string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (NeedsEscape(value, i))
            {
                text.Append('\\');
            }

            text.Append(value[i]);
        }
    }

    private static bool NeedsEscape(string value, int index) => value[index] switch
    {
        ' ' => index == 0 || index == value.Length - 1,
        '#' => index == 0,
        char character => EscapedCharacters.Contains(character),
    };
}
