using System.Globalization;
using System.Text;
using TlsAppliance.Tls.Text;

namespace TlsAppliance.Tls.Registry;

/// <summary>
/// The names of one registry, ready as text and as UTF-8, found in two steps: page by high byte, entry by low byte.
/// </summary>
internal sealed class CodePointNames
{
    private const int PageSize = 256;
    private const int CodeDigits = 4;
    private const int LongestUnknownForm = 16;

    private readonly Entry[]?[] _pages = new Entry[]?[PageSize];
    private readonly UnknownForm _unknown;

    /// <param name="unknown">How values without a name are printed.</param>
    /// <param name="table">One entry per line: four hexadecimal digits, a space, the name.</param>
    internal CodePointNames(UnknownForm unknown, string table)
    {
        _unknown = unknown;
        foreach (Range place in table.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> line = table.AsSpan(place).TrimEnd('\r');
            Add(ushort.Parse(line[..CodeDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), line[(CodeDigits + 1)..].ToString());
        }
    }

    /// <summary>Bytes of the longest text that <see cref="Write"/> produces.</summary>
    internal int MaxLength { get; private set; } = LongestUnknownForm;

    internal string Text(ushort code) => Find(code).Text ?? WriteText(code);

    internal ReadOnlySpan<byte> Utf8(ushort code) => Find(code).Utf8;

    internal int Write(ushort code, Span<byte> destination)
    {
        ReadOnlySpan<byte> name = Utf8(code);
        if (name.IsEmpty)
        {
            return WriteUnknown(code, destination);
        }

        name.CopyTo(destination);
        return name.Length;
    }

    private void Add(ushort code, string name)
    {
        Entry[] page = _pages[code / PageSize] ??= new Entry[PageSize];
        page[code % PageSize] = new Entry(name, Encoding.UTF8.GetBytes(name));
        MaxLength = Math.Max(MaxLength, name.Length);
    }

    private Entry Find(ushort code) => _pages[code / PageSize] is { } page ? page[code % PageSize] : default;

    private string WriteText(ushort code)
    {
        Span<byte> text = stackalloc byte[LongestUnknownForm];
        return Encoding.ASCII.GetString(text[..WriteUnknown(code, text)]);
    }

    private int WriteUnknown(ushort code, Span<byte> destination)
    {
        var writer = new AsciiWriter(destination);
        if (_unknown == UnknownForm.Number)
        {
            writer.AppendDecimal(code);
            return writer.Length;
        }

        writer.Append("(unknown:"u8);
        if (_unknown == UnknownForm.Decimal)
        {
            writer.AppendDecimal(code);
        }
        else
        {
            writer.Append("0x"u8);
            writer.AppendHexadecimal(code, _unknown == UnknownForm.HexWord ? 4 : 2);
        }

        writer.Append((byte)')');
        return writer.Length;
    }

    private readonly record struct Entry(string? Text, byte[]? Utf8);
}
